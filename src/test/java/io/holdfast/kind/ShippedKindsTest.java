package io.holdfast.kind;

import static io.holdfast.kind.Texts.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.document.Json;
import io.holdfast.document.Keys;
import io.holdfast.document.Pointer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kind files in {@code conf/kinds}. */
class ShippedKindsTest {
  private static final Kinds KINDS = load();

  @Test
  void areTheOnesTheProtocolNames() {
    assertThat(KINDS.all())
        .extracting(Kind::name)
        .containsExactly(
            "app", "auth", "board", "dataset", "notifications", "rates", "room", "ui", "user");
  }

  @Test
  void areAllDescribedAndGuarded() {
    assertThat(KINDS.all()).allSatisfy(kind -> {
      assertThat(kind.description()).isNotBlank();
      assertThat(kind.access().size()).isPositive();
    });
  }

  @Test
  void areJudgedByWhatChangedOnly() {
    assertThat(KINDS.all())
        .flatExtracting(kind -> kind.schema().map(Schema::notIncremental).orElseThrow())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "app   | {'theme':'dark'}",
        "user  | {'profile':{'name':'Ann','locale':'de-CH','avatar':'https://example.org/a.png'},'preferences':{'x':[1]}}",
        "ui    | {'sidebar':{'open':true}}",
        "auth  | {'roles':['admin'],'revokedBefore':'2026-01-31T12:00:00Z'}",
        "auth  | {'roles':[],'revokedBefore':null}",
        "notifications | {'items':[{'id':'1','title':'Hi','read':false,'at':'2026-01-31T12:00:00Z'}]}",
        "room  | {'topic':'Hi','members':{'ann':true},'owners':{'ann':true},'todos':[{'id':1,'text':'x'}]}",
        "dataset | [{'cca3':'CHE'}]",
        "board | {'title':'','todos':[{'id':'1','text':'x','done':false}]}",
        "board | {'title':'','todos':[{'id':'1','text':'x','done':false,'list':'next','rank':'V0z'}]}",
        "rates | {'base':'EUR','rates':{'CHF':0.93}}",
      })
  void takeWhatTheyAreFor(String kind, String document) {
    assertThat(schema(kind).check(json(document))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "app   | [] | ``",
        "user  | {'profile':{'locale':'not a locale'}} | /profile/locale",
        "auth  | {'roles':['admin','admin']} | /roles/1",
        "auth  | {'roles':['admin'],'revokedBefore':'yesterday'} | /revokedBefore",
        "auth  | {'role':['admin']} | /role",
        "notifications | {'items':[{'title':'no id'}]} | /items/0/id",
        "room  | {'members':{}} | /topic",
        "dataset | 7 | ``",
        "board | {'title':'','todos':[{'id':'1','text':'x','done':'no'}]} | /todos/0/done",
        "board | {'title':'','todos':[{'id':'1','text':'x','done':true,'rank':'V0'}]} | /todos/0/rank",
        "rates | {'base':'EUR','rates':{'CHF':0}} | /rates/CHF",
      })
  void refuseWhatTheyAreNotFor(String kind, String document, String pointer) {
    assertThat(schema(kind).check(json(document))).map(Violation::pointer).contains(pointer);
  }

  @Test
  void nameTheElementsOfTheirArrays() throws Exception {
    assertThat(keys("board").member(Pointer.parse("/todos"))).contains("id");
    assertThat(keys("dataset").member(Pointer.root())).contains("cca3");
  }

  @Test
  void fetchRates() {
    Origin origin = KINDS.kind("rates").flatMap(Kind::origin).orElseThrow();

    assertThat(origin.url()).contains("{id}");
    assertThat(origin.ttl()).isEqualTo(Duration.ofHours(1));
    assertThat(origin.staleIfError()).isEqualTo(Duration.ofDays(7));
    assertThat(KINDS.kind("room").flatMap(Kind::origin)).isEmpty();
  }

  @Test
  void keepTheProtocolsRoom() {
    Kind room = KINDS.kind("room").orElseThrow();

    assertThat(room.initial()).isEqualTo(json("{'topic':'','members':{},'todos':[]}"));
    assertThat(room.limits()).isEqualTo(new KindLimits(1048576, 32, 200));
    assertThat(room.snapshot()).isEqualTo(SnapshotPolicy.DEFAULT);
    assertThat(room.storage()).isEqualTo(Storage.DURABLE);
    assertThat((Json) room.definition()).isEqualTo(room.definition().with("access", room.access()));
  }

  private static Schema schema(String kind) {
    return KINDS.kind(kind).flatMap(Kind::schema).orElseThrow();
  }

  private static Keys keys(String kind) {
    return KINDS.kind(kind).map(Kind::keys).orElseThrow();
  }

  private static Kinds load() {
    try {
      return Kinds.load(Path.of(System.getProperty("holdfast.project"), "conf", "kinds"));
    } catch (KindRefused refused) {
      throw new IllegalStateException(refused);
    }
  }
}
