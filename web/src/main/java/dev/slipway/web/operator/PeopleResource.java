package dev.slipway.web.operator;

import dev.slipway.platform.command.PeopleCommands;
import dev.slipway.platform.command.PeopleCommands.WithPassword;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.web.language.OperatorMessages;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The people of the installation, for operators. */
@Path("/operator/people")
@WebPage
public class PeopleResource {
    private static final String HERE = "/operator/people";

    private final Visitor visitor;
    private final PeopleCommands people;
    private final Frames frames;
    private final Pages pages;

    PeopleResource(Visitor visitor, PeopleCommands people, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.people = people;
        this.frames = frames;
        this.pages = pages;
    }

    /** Lists them. */
    @GET
    public Response list() {
        return show(Optional.empty());
    }

    /** Creates a person and answers with the only page that ever shows the password. */
    @POST
    public Response create(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        return made(() -> people.create(visitor.signedIn(), PersonName.parse(form.text("name")), form.has("operator")));
    }

    /** Gives a person another password. */
    @POST
    @Path("password")
    public Response renew(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        return made(() -> people.renew(visitor.signedIn(), PersonName.parse(form.text("name"))));
    }

    /** Disables a person, or enables them again. */
    @POST
    @Path("disabled")
    public Response disable(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        return pages.change(HERE, messages -> {
            PersonName name = PersonName.parse(form.text("name"));
            boolean disabled = form.text("disabled").equals("true");
            people.change(visitor.signedIn(), name, Optional.of(disabled), Optional.empty());
            return disabled
                    ? sentences().personDisabled(name.value())
                    : sentences().personEnabled(name.value());
        });
    }

    private Response made(Supplier<WithPassword> make) {
        List<WithPassword> made = new ArrayList<>(1);
        Response refused = pages.change(HERE, messages -> {
            made.add(make.get());
            return sentences().passwordOnce(made.getFirst().person().name());
        });
        return made.isEmpty() ? refused : show(Optional.of(made.getFirst()));
    }

    private Response show(Optional<WithPassword> made) {
        return pages.show(new PeoplePage(frames.plain(), people.list(visitor.signedIn()), made));
    }

    private OperatorMessages sentences() {
        return frames.language().operatorMessages();
    }
}
