# shellcheck shell=bash
# Sourced by scripts that manage a key with libfido2's tools: $key is its path, $pin its PIN, and the working folder takes files.
# shellcheck disable=SC2154  # key, pin: set by the script that sources this

random() { head -c 32 /dev/urandom | base64 -w0; echo; }
# Without a terminal the tools read PINs from standard input.
with_pin() { printf '%s\n%s\n' "$pin" "$pin" | setsid -w "$@"; }
says() { fido2-token -I "$key" > info && grep -E "$1" info; }
fails() { ! "$@"; }

# Credentials
make() { { random; echo "$1"; echo "$2"; random; } > wanted && with_pin fido2-cred -M -r -b -v -i wanted "$key" es256 > made; }
metadata() { with_pin fido2-token -I -c "$key" > list && grep "^remaining rk(s): $1" list; }
sites() { with_pin fido2-token -L -r "$key" > list && [ "$(grep -c "^.*[0-9][0-9]: " list)" = "$1" ]; }
credentials() { with_pin fido2-token -L -k "$1" "$key" > list && [ "$(grep -c "[0-9][0-9]: " list)" = "$2" ]; }
no_site() { with_pin fido2-token -L -r "$key" > list 2>&1; grep FIDO_ERR_NO_CREDENTIALS list; }
# The line of the first credential of a site, without the prompt in front of it.
first() { credentials "$1" "$2" && sed -n 's/^.*00: //p' list > first; }
credential_id() { cut -d' ' -f1 first; }
user_id() { awk '{print $(NF-2)}' first; }
rename_first() { with_pin fido2-token -S -c -i "$(credential_id)" -k "$(user_id)" -n "$1" -p "$2" "$key"; }
shows() { credentials "$1" "$3" && grep -F "$2" list; }
delete_first() { with_pin fido2-token -D -i "$(credential_id)" "$key"; }

# Fingerprints
enroll() { with_pin fido2-token -S -e "$key" > samples 2>&1; cat samples; grep -q 'Poor quality' samples && [ "$(grep -c 'Sample ok' samples)" = "$1" ]; }
fingers() { with_pin fido2-token -L -e "$key" > list && [ "$(grep -c "[0-9][0-9]: " list)" = "$1" ]; }
finger_is() { fingers "$2" && grep "$1" list; }
# The first of so many.
finger_id() { sed -n 's/^.*00: \([^ ]*\) .*/\1/p' list; }
rename_finger() { fingers "$2" && with_pin fido2-token -S -e -i "$(finger_id)" -n "$1" "$key"; }
remove_finger() { fingers "$1" && with_pin fido2-token -D -e -i "$(finger_id)" "$key"; }

# Large blobs; libfido2 1.12 writes none that it compresses to less than 17 bytes.
blob() { head -c "$1" /dev/urandom | base64 -w0 > blob; }
set_blob() { with_pin fido2-token -S -b -n "$1" blob "$key"; }
get_blob() { rm -f got; with_pin fido2-token -G -b -n "$1" got "$key" && cmp blob got; }
blobs() { with_pin fido2-token -L -b "$key" > list && [ "$(grep -c "[0-9][0-9]: " list)" = "$1" ]; }
delete_blob() { with_pin fido2-token -D -b -n "$1" "$key"; }

configure() { with_pin fido2-token "$@" "$key"; }
