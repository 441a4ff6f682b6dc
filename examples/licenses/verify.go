// Verifies a license key or a certificate offline: go run verify.go KEYS.json TEXT [FINGERPRINT]. Needs the standard library only.
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

type Key struct{ Kid, X string }

func VerifyLicense(keys []Key, text, fingerprint string) (map[string]any, error) {
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return nil, errors.New("not a license")
	}
	var head struct{ Alg, Kid string }
	header, _ := base64.RawURLEncoding.DecodeString(parts[0])
	payload, _ := base64.RawURLEncoding.DecodeString(parts[1])
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	if json.Unmarshal(header, &head) != nil || head.Alg != "EdDSA" {
		return nil, errors.New("not a license")
	}
	for _, key := range keys {
		public, err := base64.RawURLEncoding.DecodeString(key.X)
		if key.Kid != head.Kid || err != nil || len(public) != ed25519.PublicKeySize {
			continue
		}
		if !ed25519.Verify(public, []byte(parts[0]+"."+parts[1]), signature) {
			return nil, errors.New("wrong signature")
		}
		var claims map[string]any
		if err := json.Unmarshal(payload, &claims); err != nil {
			return nil, err
		}
		if end, ok := claims["exp"].(float64); ok && end <= float64(time.Now().Unix()) {
			return nil, errors.New("expired")
		}
		if fingerprint != "" && claims["fingerprint"] != fingerprint {
			return nil, errors.New("another machine")
		}
		return claims, nil
	}
	return nil, errors.New("unknown key")
}

func main() {
	var ring struct{ Keys []Key }
	file, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = json.Unmarshal(file, &ring)
	}
	fingerprint := ""
	if len(os.Args) > 3 {
		fingerprint = os.Args[3]
	}
	claims, failed := VerifyLicense(ring.Keys, os.Args[2], fingerprint)
	if err = errors.Join(err, failed); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(claims)
}
