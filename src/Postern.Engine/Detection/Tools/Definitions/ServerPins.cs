namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>All pins of one server. Immutable.</summary>
/// <param name="Server">How the operator, or the address, names it.</param>
/// <param name="Pins">By key, in the order in which they were seen; empty for a server that was never seen.</param>
public sealed record ServerPins(string Server, IReadOnlyList<Pin> Pins)
{
    /// <summary>Definitions of one server that are pinned; with more its lists are refused.</summary>
    public const int Max = 10_000;

    /// <summary>The pin with this key; null when there is none.</summary>
    public Pin? Find(string key) => Pins.FirstOrDefault(pin => pin.Trusted.Key == key);

    /// <summary>These pins with what a list brought: unknown definitions trusted, changed ones trusted or waiting.</summary>
    /// <param name="listed">What the list says.</param>
    /// <param name="trustsChanges">True to trust changed definitions too.</param>
    /// <returns>The same object when nothing is new.</returns>
    public ServerPins With(IReadOnlyList<Definition> listed, bool trustsChanges)
    {
        var pins = Pins.ToDictionary(static pin => pin.Trusted.Key, StringComparer.Ordinal);
        var order = Pins.Select(static pin => pin.Trusted.Key).ToList();
        var isSame = true;
        foreach (var said in listed)
        {
            var before = pins.GetValueOrDefault(said.Key);
            if (!pins.TryGetValue(said.Key, out var pin))
            {
                order.Add(said.Key);
                pins[said.Key] = new Pin(said);
            }
            else
            {
                pins[said.Key] = pin.Trusted.Text == said.Text || trustsChanges ? new Pin(said) : pin with { Pending = said };
            }

            isSame &= before == pins[said.Key];
        }

        return isSame ? this : this with { Pins = [.. order.Select(key => pins[key])] };
    }

    /// <summary>These pins with what waits trusted.</summary>
    public ServerPins Approve(Func<Pin, bool> which) => this with { Pins = [.. Pins.Select(pin => pin.Pending is { } pending && which(pin) ? new Pin(pending) : pin)] };

    /// <summary>These pins without some.</summary>
    public ServerPins Revoke(Func<Pin, bool> which) => this with { Pins = [.. Pins.Where(pin => !which(pin))] };
}
