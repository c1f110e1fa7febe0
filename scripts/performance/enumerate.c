/* Lists HID devices as a program does that is nothing but hidapi. */
#include <hidapi/hidapi.h>
#include <stdio.h>

int main(void)
{
	struct hid_device_info *devices = hid_enumerate(0, 0);
	for (struct hid_device_info *device = devices; device; device = device->next)
		printf("%s\n", device->path);
	hid_free_enumeration(devices);
	return hid_exit();
}
