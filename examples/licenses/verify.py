"""Verifies a license key or a certificate offline: python3 verify.py KEYS.json TEXT [FINGERPRINT]. Needs the package cryptography."""

import base64
import json
import sys
import time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_license(keys, text, fingerprint=None):
    header, payload, signature = text.split(".")
    head = json.loads(decode(header))
    key = next((each for each in keys if each["kid"] == head.get("kid")), None)
    if head.get("alg") != "EdDSA" or key is None:
        raise ValueError("unknown key")
    # Raises InvalidSignature.
    Ed25519PublicKey.from_public_bytes(decode(key["x"])).verify(decode(signature), f"{header}.{payload}".encode())
    claims = json.loads(decode(payload))
    if claims.get("exp") is not None and claims["exp"] <= time.time():
        raise ValueError("expired")
    if fingerprint is not None and claims.get("fingerprint") != fingerprint:
        raise ValueError("another machine")
    return claims


if __name__ == "__main__":
    print(json.dumps(verify_license(json.load(open(sys.argv[1]))["keys"], *sys.argv[2:])))
