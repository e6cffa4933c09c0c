package io.holdfast.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;

/** Signs tokens as an identity provider does, and as forgers do. */
final class Issuer {
  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  static final RSAKey RSA = rsa("rsa-1", 2048);
  static final ECKey EC = ec("ec-1", Curve.P_256);
  static final KeyPair ED = ed();

  private Issuer() {}

  /** Claims of a token nothing is wrong with. */
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .subject("alice")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plus(Duration.ofHours(1))));
  }

  static String signed(byte[] secret, JWTClaimsSet claims) {
    return signed(JWSAlgorithm.HS256, "", signer(secret), claims);
  }

  static String signed(RSAKey key, JWTClaimsSet claims) {
    try {
      return signed(JWSAlgorithm.RS256, key.getKeyID(), new RSASSASigner(key), claims);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String signed(ECKey key, JWTClaimsSet claims) {
    try {
      return signed(JWSAlgorithm.ES256, key.getKeyID(), new ECDSASigner(key), claims);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String signed(KeyPair key, String keyId, JWTClaimsSet claims) {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID(keyId).build();
    return signed(header, "Ed25519", key.getPrivate(), claims);
  }

  /** With the JDK's signatures, which have no scruples about weak keys. */
  static String signed(JWSHeader header, String signatures, PrivateKey key, JWTClaimsSet claims) {
    String input = header.toBase64URL() + "." + claims.toPayload().toBase64URL();
    try {
      Signature signature = Signature.getInstance(signatures);
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String signed(
      JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet claims) {
    JWSHeader.Builder header = new JWSHeader.Builder(algorithm);
    return signed((keyId.isEmpty() ? header : header.keyID(keyId)).build(), signer, claims);
  }

  static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static JWSSigner signer(byte[] secret) {
    try {
      return new MACSigner(secret);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static RSAKey rsa(String keyId, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(keyId).generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static ECKey ec(String keyId, Curve curve) {
    try {
      return new ECKeyGenerator(curve).keyID(keyId).generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The public half as a JWK: the last 32 bytes of the encoded key. */
  static JWK publicJwk(KeyPair key, String keyId) {
    byte[] encoded = key.getPublic().getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
        .keyID(keyId)
        .build();
  }

  private static KeyPair ed() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
