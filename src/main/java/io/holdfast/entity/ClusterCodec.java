package io.holdfast.entity;

import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every message that crosses nodes, by manifest. A node reads what the version before and after it writes. */
final class ClusterCodec {
  static final String COMMAND_PART = "hf.command-part.1";
  static final String NOTICE_PART = "hf.notice-part.1";

  private static final List<Form<?>> FORMS =
      Stream.concat(CommandCodec.FORMS.stream(), NoticeCodec.FORMS.stream()).toList();
  private static final Map<Class<?>, Form<?>> BY_TYPE = by(Form::type);
  private static final Map<String, Form<?>> BY_MANIFEST = by(Form::manifest);

  private final ActorRefResolver refs;

  ClusterCodec(ActorSystem<?> system) {
    refs = ActorRefResolver.get(system);
  }

  private static <K> Map<K, Form<?>> by(Function<Form<?>, K> key) {
    return FORMS.stream().collect(Collectors.toUnmodifiableMap(key, form -> form));
  }

  private static Form<?> form(ClusterMessage message) {
    return Optional.<Form<?>>ofNullable(BY_TYPE.get(message.getClass()))
        .orElseThrow(() -> new IllegalArgumentException(
            "message: %s (expected: one that may leave its node)".formatted(message.getClass())));
  }

  /** The name of the message's form. */
  static String manifest(ClusterMessage message) {
    if (message instanceof StateEntity.Fragment fragment) {
      return manifest(fragment.part(), COMMAND_PART);
    }
    return message instanceof Notice.Fragment fragment
        ? manifest(fragment.part(), NOTICE_PART)
        : form(message).manifest();
  }

  /** A message in one part goes as itself. */
  private static String manifest(Part part, String several) {
    return part.count() == 1 ? part.manifest() : several;
  }

  byte[] encode(ClusterMessage message) {
    if (message instanceof StateEntity.Fragment fragment) {
      return bytes(fragment.part());
    }
    return message instanceof Notice.Fragment fragment
        ? bytes(fragment.part())
        : form(message).encode(refs, message);
  }

  private static byte[] bytes(Part part) {
    return part.count() == 1 ? part.bytes() : part.encode();
  }

  /** The message; IllegalArgumentException says what is wrong with bytes that are none. Empty for a manifest this version does not know. */
  Optional<ClusterMessage> decode(String manifest, byte[] bytes) {
    if (manifest.equals(COMMAND_PART)) {
      return Optional.of(new StateEntity.Fragment(Part.decode(bytes)));
    }
    if (manifest.equals(NOTICE_PART)) {
      return Optional.of(new Notice.Fragment(Part.decode(bytes)));
    }
    return Optional.<Form<?>>ofNullable(BY_MANIFEST.get(manifest))
        .map(form -> form.decode(refs, bytes));
  }
}
