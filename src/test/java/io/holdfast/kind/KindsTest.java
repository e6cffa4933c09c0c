package io.holdfast.kind;

import static io.holdfast.kind.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.document.JsonNull;
import io.holdfast.document.JsonObject;
import io.holdfast.document.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsTest {
  @TempDir
  private Path directory = Path.of(".");

  @Test
  void takesDefaultsForAllButTheName() throws Exception {
    write("a-kind.json", "{'kind':'a-kind'}");

    Kind kind = Kinds.load(directory).kind("a-kind").orElseThrow();

    assertThat(kind)
        .isEqualTo(new Kind(
            "a-kind",
            "",
            Storage.DURABLE,
            Optional.empty(),
            JsonNull.NULL,
            JsonObject.empty(),
            new KindLimits(1024 * 1024, 32, 1000),
            kind.keys(),
            new SnapshotPolicy(200, 512 * 1024),
            (JsonObject) json("{'kind':'a-kind'}")));
  }

  @Test
  void readsEverythingASourceCanSay() throws Exception {
    write(
        "feed.json",
        "{'kind':'feed','storage':'source','source':{'url':'https://example.org/{id}?q=1','ttl':'500ms','timeout':'2s',"
            + "'staleWhileRevalidate':'5m','staleIfError':'2h','tags':['a','b'],'headers':{'Authorization':'Bearer ${FEED_TOKEN}'}}}");

    assertThat(Kinds.load(directory).kind("feed").flatMap(Kind::origin))
        .contains(new Origin(
            "https://example.org/{id}?q=1",
            Map.of("Authorization", "Bearer ${FEED_TOKEN}"),
            Duration.ofMillis(500),
            Duration.ofMinutes(5),
            Duration.ofHours(2),
            Duration.ofSeconds(2),
            List.of("a", "b")));
  }

  @Test
  void looksAtJsonFilesOnly() throws Exception {
    write("README.md", "not a kind");
    write(".hidden.json", "not a kind");
    Files.createDirectory(directory.resolve("dir.json"));
    write("b.json", "{'kind':'b'}");
    write("a.json", "{'kind':'a'}");

    assertThat(Kinds.load(directory).all()).extracting(Kind::name).containsExactly("a", "b");
    assertThat(Kinds.load(directory).kind("c")).isEmpty();
  }

  @Test
  void refusesADirectoryThatIsNotThere() {
    assertThatThrownBy(() -> Kinds.load(directory.resolve("none")))
        .isInstanceOf(KindRefused.class)
        .hasMessageEndingWith(
            "none: NoSuchFileException (expected: a readable directory of kind files)");
  }

  @Test
  void refusesTwoKindsOfOneName() {
    Kind kind = new Kind(
        "a",
        "",
        Storage.DURABLE,
        Optional.empty(),
        JsonNull.NULL,
        JsonObject.empty(),
        KindLimits.DEFAULT,
        Keys.none(),
        SnapshotPolicy.DEFAULT,
        JsonObject.empty());

    assertThatIllegalArgumentException().isThrownBy(() -> Kinds.of(List.of(kind, kind)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | a.json: definition: an array of 0 items (expected: an object)",
        "{'kind':'a','limts':{}} | a.json: /limts: member: \"limts\" (expected: limits)",
        "{'kind':'a','colour':1} | a.json: /colour: member: \"colour\" (expected: one of kind, description, storage, schema, initial, access, limits, keys, snapshot, source)",
        "{} | a.json: /kind: kind: missing (expected: a name: a-z, then up to 31 of a-z 0-9 -)",
        "{'kind':7} | a.json: /kind: kind: 7 (expected: a string)",
        "{'kind':'A'} | a.json: /kind: kind: \"A\" (expected: a name: a-z, then up to 31 of a-z 0-9 -)",
        "{'kind':'b'} | a.json: /kind: kind: \"b\" (expected: \"a\", as the file is called)",
        "{'kind':'a','description':[]} | a.json: /description: description: an array of 0 items (expected: a string)",
        "{'kind':'a','storage':'disk'} | a.json: /storage: storage: \"disk\" (expected: durable, ephemeral or source)",
        "{'kind':'a','schema':{'type':'strng'}} | a.json: /schema/type: type: \"strng\" (expected: one of array, boolean, integer, null, number, object, string, or an array of them)",
        "{'kind':'a','schema':{'requird':[]}} | a.json: /schema/requird: keyword: \"requird\" (expected: required)",
        "{'kind':'a','schema':{'$ref':'http://x/y'}} | a.json: /schema/$ref: reference: \"http://x/y\" (expected: a place in this schema, such as #/$defs/NAME)",
        "{'kind':'a','schema':{'type':'object'},'initial':[]} | a.json: /initial: document: an array of 0 items (expected: object)",
        "{'kind':'a','schema':{'properties':{'n':{'minimum':1}}},'initial':{'n':0}} | a.json: /initial/n: n: 0 (expected: ≥ 1)",
        "{'kind':'a','limits':{'bytes':4},'initial':'long'} | a.json: /initial: initial: 6 bytes (expected: at most limits.bytes, 4)",
        "{'kind':'a','limits':{'depth':1},'initial':[[]]} | a.json: /initial: initial: depth 2 (expected: at most limits.depth, 1)",
        "{'kind':'a','access':[]} | a.json: /access: access: an array of 0 items (expected: an object)",
        "{'kind':'a','access':{'raed':[]}} | a.json: /access/raed: member: \"raed\" (expected: read)",
        "{'kind':'a','access':{'read':'anyone'}} | a.json: /access/read: read: \"anyone\" (expected: an array of strings)",
        "{'kind':'a','access':{'read':['anyone',1]}} | a.json: /access/read/1: read: 1 (expected: a string)",
        "{'kind':'a','access':{'writeAt':[]}} | a.json: /access/writeAt: writeAt: an array of 0 items (expected: an object)",
        "{'kind':'a','access':{'writeAt':{'x':[]}}} | a.json: /access/writeAt/x: pattern: \"x\" (expected: a JSON pointer such as /members or /items/*/owner)",
        "{'kind':'a','access':{'writeAt':{'/x':1}}} | a.json: /access/writeAt/~1x: /x: 1 (expected: an array of strings)",
        "{'kind':'a','limits':{'byte':1}} | a.json: /limits/byte: member: \"byte\" (expected: bytes)",
        "{'kind':'a','limits':{'bytes':8388609}} | a.json: /limits/bytes: bytes: 8388609 (expected: an integer, 1 … 8388608)",
        "{'kind':'a','limits':{'depth':65}} | a.json: /limits/depth: depth: 65 (expected: an integer, 1 … 64)",
        "{'kind':'a','limits':{'depth':1.5}} | a.json: /limits/depth: depth: 1.5 (expected: an integer, 1 … 64)",
        "{'kind':'a','limits':{'commandsPerSecond':0}} | a.json: /limits/commandsPerSecond: commandsPerSecond: 0 (expected: an integer, 1 … 1000000)",
        "{'kind':'a','snapshot':{'evnts':1}} | a.json: /snapshot/evnts: member: \"evnts\" (expected: events)",
        "{'kind':'a','snapshot':{'events':-1}} | a.json: /snapshot/events: events: -1 (expected: an integer, 1 … 100000)",
        "{'kind':'a','keys':{'/todos':1}} | a.json: /keys/~1todos: /todos: 1 (expected: the name of the member that tells elements apart)",
        "{'kind':'a','storage':'source'} | a.json: /source: source: missing (expected: an object with at least url)",
        "{'kind':'a','source':{'url':'http://x/'}} | a.json: /storage: storage: missing (expected: \"source\", where there is a source)",
        "{'kind':'a','storage':'source','source':{'ulr':'http://x/'}} | a.json: /source/ulr: member: \"ulr\" (expected: url)",
        "{'kind':'a','storage':'source','source':{}} | a.json: /source/url: url: missing (expected: an http(s) URL without credentials, in whose path or query {id} stands for the entity's id)",
        "{'kind':'a','storage':'source','source':{'url':'file:///etc/passwd'}} | a.json: /source/url: url: \"file:///etc/passwd\" (expected: an http(s) URL without credentials, in whose path or query {id} stands for the entity's id)",
        "{'kind':'a','storage':'source','source':{'url':'http://x/{key}'}} | a.json: /source/url: url: \"http://x/{key}\" (expected: an http(s) URL without credentials, in whose path or query {id} stands for the entity's id)",
        "{'kind':'a','storage':'source','source':{'url':'http://{id}/'}} | a.json: /source/url: url: \"http://{id}/\" (expected: an http(s) URL without credentials, in whose path or query {id} stands for the entity's id)",
        "{'kind':'a','storage':'source','source':{'url':'http://x/','ttl':30}} | a.json: /source/ttl: ttl: 30 (expected: a string)",
        "{'kind':'a','storage':'source','source':{'url':'http://x/','ttl':'30 s'}} | a.json: /source/ttl: ttl: \"30 s\" (expected: a duration such as 500ms, 30s, 5m, 1h or 7d)",
        "{'kind':'a','storage':'source','source':{'url':'http://x/','timeout':'0s'}} | a.json: /source/timeout: timeout: \"0s\" (expected: 1ms … 1m)",
        "{'kind':'a','storage':'source','source':{'url':'http://x/','tags':['a b']}} | a.json: /source/tags/0: tag: \"a b\" (expected: 1 … 64 of A-Z a-z 0-9 . _ : -)",
        "{'kind':'a','storage':'source','source':{'url':'http://x/','headers':{'a b':''}}} | a.json: /source/headers/a b: header: \"a b\" (expected: an HTTP header name)",
        "{'kind':'a','storage':'source','source':{'url':'http://x/','headers':{'A':'\\r\\nB: c'}}} | a.json: /source/headers/A: A: \"\\r\\nB: c\" (expected: a string of printable ASCII characters)",
        "{'kind':'a','storage':'source','source':{'url':'http://x/','headers':{'authorization':'Bearer abc'}}} | a.json: /source/headers/authorization: authorization: a secret in the file (expected: ${NAME} of an environment variable that holds it)",
      })
  void saysInOneLineWhereAFileIsWrongAndWhatBelongsThere(String content, String message)
      throws IOException {
    write("a.json", content);

    assertThatThrownBy(() -> Kinds.load(directory))
        .isInstanceOf(KindRefused.class)
        .hasMessage(message);
  }

  @Test
  void saysWhereAFileIsNoJson() throws IOException {
    write("a.json", "{'kind':'a',\n  'kind':'a'}");

    assertThatThrownBy(() -> Kinds.load(directory))
        .isInstanceOf(KindRefused.class)
        .hasMessageStartingWith("a.json: ")
        .hasMessageContaining("line 2")
        .message()
        .doesNotContain("\n");
  }

  private void write(String name, String content) throws IOException {
    Files.write(
        directory.resolve(name), content.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
