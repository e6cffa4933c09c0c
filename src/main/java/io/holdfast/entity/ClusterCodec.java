package io.holdfast.entity;

import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every message that crosses nodes, by manifest. A node reads what the version before and after it writes. */
final class ClusterCodec {
  static final String COMMAND_PART = "hf.command-part.1";
  static final String NOTICE_PART = "hf.notice-part.1";

  private final CommandCodec commands;
  private final NoticeCodec notices;
  private final Map<String, Function<Members, ClusterMessage>> readers;

  ClusterCodec(ActorSystem<?> system) {
    ActorRefResolver refs = ActorRefResolver.get(system);
    commands = new CommandCodec(refs);
    notices = new NoticeCodec(refs);
    readers = Map.ofEntries(
        Map.entry(CommandCodec.SUBMIT, commands::submit),
        Map.entry(CommandCodec.ATTACH, commands::attach),
        Map.entry(CommandCodec.DETACH, commands::detach),
        Map.entry(CommandCodec.READ, commands::read),
        Map.entry(CommandCodec.PRESENT, commands::present),
        Map.entry(NoticeCodec.ATTACHED, notices::attached),
        Map.entry(NoticeCodec.RENEWED, notices::renewed),
        Map.entry(NoticeCodec.COMMITTED, NoticeCodec::committed),
        Map.entry(NoticeCodec.DECIDED, NoticeCodec::decided),
        Map.entry(NoticeCodec.AT, NoticeCodec::at),
        Map.entry(NoticeCodec.PRESENCE, NoticeCodec::presence),
        Map.entry(NoticeCodec.QUARANTINED, NoticeCodec::quarantined),
        Map.entry(NoticeCodec.INTRODUCE, in -> new Notice.Introduce()));
  }

  /** The name of the message's form. */
  static String manifest(ClusterMessage message) {
    if (message instanceof StateEntity.Fragment fragment) {
      return fragment.part().count() == 1 ? fragment.part().manifest() : COMMAND_PART;
    }
    if (message instanceof Notice.Fragment fragment) {
      return fragment.part().count() == 1 ? fragment.part().manifest() : NOTICE_PART;
    }
    return message instanceof Notice notice ? ofNotice(notice) : ofCommand(message);
  }

  private static String ofCommand(ClusterMessage message) {
    if (message instanceof StateEntity.Submit) {
      return CommandCodec.SUBMIT;
    } else if (message instanceof StateEntity.Attach) {
      return CommandCodec.ATTACH;
    } else if (message instanceof StateEntity.Detach) {
      return CommandCodec.DETACH;
    } else if (message instanceof StateEntity.Read) {
      return CommandCodec.READ;
    } else if (message instanceof StateEntity.Present) {
      return CommandCodec.PRESENT;
    }
    throw new IllegalArgumentException(
        "message: %s (expected: one that may leave its node)".formatted(message.getClass()));
  }

  private static String ofNotice(Notice notice) {
    if (notice instanceof Notice.Decided) {
      return NoticeCodec.DECIDED;
    } else if (notice instanceof Notice.Committed) {
      return NoticeCodec.COMMITTED;
    } else if (notice instanceof Notice.Attached) {
      return NoticeCodec.ATTACHED;
    } else if (notice instanceof Notice.Renewed) {
      return NoticeCodec.RENEWED;
    } else if (notice instanceof Notice.Presence) {
      return NoticeCodec.PRESENCE;
    } else if (notice instanceof Notice.At) {
      return NoticeCodec.AT;
    } else if (notice instanceof Notice.Quarantined) {
      return NoticeCodec.QUARANTINED;
    }
    return NoticeCodec.INTRODUCE;
  }

  byte[] encode(ClusterMessage message) {
    if (message instanceof StateEntity.Fragment fragment) {
      return bytes(fragment.part());
    } else if (message instanceof Notice.Fragment fragment) {
      return bytes(fragment.part());
    } else if (message instanceof StateEntity.Submit submit) {
      return commands.submit(submit);
    } else if (message instanceof StateEntity.Attach attach) {
      return commands.attach(attach);
    } else if (message instanceof StateEntity.Detach detach) {
      return commands.detach(detach);
    } else if (message instanceof StateEntity.Read read) {
      return commands.read(read);
    } else if (message instanceof StateEntity.Present present) {
      return commands.present(present);
    }
    return notice((Notice) message);
  }

  private static byte[] bytes(Part part) {
    return part.count() == 1 ? part.bytes() : part.encode();
  }

  private byte[] notice(Notice notice) {
    if (notice instanceof Notice.Decided decided) {
      return NoticeCodec.decided(decided);
    } else if (notice instanceof Notice.Committed committed) {
      return NoticeCodec.committed(committed);
    } else if (notice instanceof Notice.Attached attached) {
      return notices.attached(attached);
    } else if (notice instanceof Notice.Renewed renewed) {
      return notices.renewed(renewed);
    } else if (notice instanceof Notice.Presence presence) {
      return NoticeCodec.presence(presence);
    } else if (notice instanceof Notice.At at) {
      return NoticeCodec.at(at);
    } else if (notice instanceof Notice.Quarantined quarantined) {
      return NoticeCodec.quarantined(quarantined);
    }
    return MessageWriter.bytes(8, out -> {});
  }

  /** The message; IllegalArgumentException says what is wrong with bytes that are none. Empty for a manifest this version does not know. */
  Optional<ClusterMessage> decode(String manifest, byte[] bytes) {
    if (manifest.equals(COMMAND_PART)) {
      return Optional.of(new StateEntity.Fragment(Part.decode(bytes)));
    }
    if (manifest.equals(NOTICE_PART)) {
      return Optional.of(new Notice.Fragment(Part.decode(bytes)));
    }
    return Optional.ofNullable(readers.get(manifest))
        .map(reader -> reader.apply(Members.read(bytes)));
  }
}
