package io.holdfast.auth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** Ed25519 signatures (RFC 8032, RFC 8037) with what the JDK has. */
final class Ed25519 {
  /** SubjectPublicKeyInfo up to the key's 32 bytes (RFC 8410). */
  private static final byte[] PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private Ed25519() {}

  static boolean verify(OctetKeyPair key, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    if (!Curve.Ed25519.equals(key.getCurve()) || signature.length != SIGNATURE_BYTES) {
      return false;
    }
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(publicKey(key.getDecodedX()));
    verifier.update(signed);
    return verifier.verify(signature);
  }

  private static PublicKey publicKey(byte[] x) throws GeneralSecurityException {
    byte[] encoded = new byte[PREFIX.length + KEY_BYTES];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    System.arraycopy(x, 0, encoded, PREFIX.length, Math.min(x.length, KEY_BYTES));
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
