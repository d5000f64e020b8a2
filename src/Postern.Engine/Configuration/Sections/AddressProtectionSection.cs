using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Addresses that money is sent to. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record AddressProtectionSection : ISection
{
    /// <summary>Whether addresses in what agents send are compared.</summary>
    public bool Enabled { get; init; }

    /// <summary>What a look-alike does.</summary>
    public AddressAction Action { get; init; } = AddressAction.Block;

    /// <summary>What any other address does.</summary>
    public AddressAction UnknownAction { get; init; } = AddressAction.Allow;

    /// <summary>Your addresses and those of people you pay.</summary>
    public IReadOnlyList<string> AllowedAddresses { get; init; } = [];

    /// <summary>Which chains.</summary>
    public AddressChainsSection Chains { get; init; } = new();

    /// <summary>What a look-alike is.</summary>
    public AddressSimilaritySection Similarity { get; init; } = new();

    static SectionSchema ISection.Schema => field ??= new(
        "Addresses that money is sent to. Who poisons a history makes an address that begins and ends like one of yours; people, and models, compare no more than that.",
        new Field<AddressProtectionSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether addresses in what agents send are compared with allowed_addresses. Chains of which none is allowed are left alone."),
        new Field<AddressProtectionSection>("action", Choices.Address, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (AddressAction)v },
            "What a look-alike does, an address that shares its ends with an allowed one and is another."),
        new Field<AddressProtectionSection>("unknown_action", Choices.Address, Weakens.WhenRaised,
            s => s.UnknownAction, (s, v) => s with { UnknownAction = (AddressAction)v },
            "What any other address does that is valid and of a chain of which one is allowed. allow by default: agents read about many addresses."),
        new Field<AddressProtectionSection>("allowed_addresses", KindOf.Texts(TextFormats.Line), Weakens.WhenGrown,
            s => s.AllowedAddresses, (s, v) => s with { AllowedAddresses = (IReadOnlyList<string>)v },
            "Your addresses and those of people you pay. One that no chain takes is an error."),
        Nested.Of("chains", (AddressProtectionSection s) => s.Chains, (s, v) => s with { Chains = v },
            "Which chains."),
        Nested.Of("similarity", (AddressProtectionSection s) => s.Similarity, (s, v) => s with { Similarity = v },
            "What a look-alike is."));
}
