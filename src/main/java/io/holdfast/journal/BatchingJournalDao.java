package io.holdfast.journal;

import akka.NotUsed;
import akka.actor.ActorSystem;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.jdbc.config.JournalConfig;
import akka.persistence.jdbc.journal.dao.DefaultJournalDao;
import akka.serialization.Serialization;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import akka.stream.Materializer;
import akka.stream.scaladsl.Source;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Failure;
import scala.util.Try;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/** The journal's way to the database: reads as the plugin does, writes through {@link JournalWriter}. */
public final class BatchingJournalDao extends DefaultJournalDao {
  private final Serialization serialization;
  private final JournalWriter writer;

  /** Called by the plugin, which names this class in its configuration. */
  public BatchingJournalDao(
      JdbcBackend.DatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    super(database, profile, config, serialization, executor, materializer);
    this.serialization = serialization;
    this.writer = startWriter(database, materializer.system(), executor);
  }

  private static JournalWriter startWriter(
      JdbcBackend.DatabaseDef database, ActorSystem system, ExecutionContext executor) {
    JournalSettings settings = JournalSettings.from(system.settings().config());
    Inserts inserts = new Inserts(settings.dialect(), () -> database.source().createConnection());
    JournalWriter writer = new JournalWriter(
        inserts, settings.writers(), settings.batchRows(), settings.queueRows(), executor::execute);
    writer.start();
    system.registerOnTermination(writer::stop);
    JournalGauges.of(system).watch(writer);
    return writer;
  }

  /** An event that does not read back is told apart from a database that does not answer. */
  @Override
  public Source<Try<Tuple2<PersistentRepr, Object>>, NotUsed> messages(
      String persistenceId, long from, long to, long most) {
    return super.messages(persistenceId, from, to, most)
        .asJava()
        .map(BatchingJournalDao::told)
        .asScala();
  }

  private static Try<Tuple2<PersistentRepr, Object>> told(
      Try<Tuple2<PersistentRepr, Object>> read) {
    if (read.isSuccess()) {
      return read;
    }
    Throwable cause = read.failed().get();
    NotSerializableException unreadable =
        new NotSerializableException("event: does not read back: " + cause.getMessage());
    unreadable.initCause(cause);
    return new Failure<>(unreadable);
  }

  @Override
  public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> messages) {
    List<Row> rows = new ArrayList<>();
    for (AtomicWrite write : CollectionConverters.asJava(messages)) {
      CollectionConverters.asJava(write.payload()).forEach(event -> rows.add(row(event)));
    }
    CompletableFuture<Seq<Try<BoxedUnit>>> allWritten = writer
        .write(rows)
        .thenApply(
            written -> CollectionConverters.asScala(List.<Try<BoxedUnit>>of()).toList());
    return FutureConverters.asScala(allWritten);
  }

  private Row row(PersistentRepr event) {
    Serializer serializer = serialization.findSerializerFor(event.payload());
    return new Row(
        event.persistenceId(),
        event.sequenceNr(),
        event.writerUuid(),
        event.timestamp(),
        serializer.identifier(),
        Serializers.manifestFor(serializer, event.payload()),
        serializer.toBinary(event.payload()));
  }
}
