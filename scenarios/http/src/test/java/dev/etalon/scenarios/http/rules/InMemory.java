package dev.etalon.scenarios.http.rules;

import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Reply;
import java.io.ByteArrayInputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a server without a network in between. */
final class InMemory implements RawClient {
    private final Faithful server;

    InMemory(Faithful server) {
        this.server = server;
    }

    @Override
    public Map<String, String> places() {
        return Map.of("base", "http://localhost/");
    }

    @Override
    public Exchange send(RawRequest request) {
        byte[] content = request.body() == null ? new byte[0] : request.body();
        Call call = new Call(
                request.method(),
                "/" + String.join("/", request.path()),
                request.query().stream().map(RawField::name).collect(Collectors.joining("&")),
                request.headers().stream()
                        .map(field -> Map.entry(field.name(), field.value()))
                        .toList(),
                new ByteArrayInputStream(content),
                0);
        Reply reply = server.answer(call);
        List<RawField> fields = new ArrayList<>();
        reply.headers().forEach((name, value) -> fields.add(new RawField(name, value)));
        fields.add(
                new RawField("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))));
        boolean bodiless = request.method().equals("HEAD") || reply.status() == 304;
        byte[] body = bodiless ? new byte[0] : reply.body();
        return new Exchange(request, new RawAnswer(reply.status(), fields, body, null, null));
    }
}
