package dev.slipway.web.door;

import dev.slipway.platform.issuer.CompanyDoor;
import dev.slipway.web.page.LocalPath;
import java.util.List;

/**
 * A link to an identity provider.
 *
 * @param title what people call it
 * @param address the path to begin at, with where to go then
 */
public record SignInWay(String title, String address) {
    static List<SignInWay> of(CompanyDoor door, LocalPath onwards) {
        return door.ways().stream()
                .map(way -> new SignInWay(way.title(), way.path() + onwards.asNext()))
                .toList();
    }
}
