using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Addresses that money is sent to. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether addresses are compared with the list.</param>
/// <param name="Action">What a look-alike does.</param>
/// <param name="UnknownAction">What any other address does.</param>
/// <param name="AllowedAddresses">Your addresses and those of people you pay.</param>
/// <param name="Chains">Which chains.</param>
/// <param name="Similarity">What a look-alike is.</param>
public sealed record AddressProtectionSection(
    bool Enabled = false,
    AddressAction Action = AddressAction.Block,
    AddressAction UnknownAction = AddressAction.Allow,
    IReadOnlyList<string>? AllowedAddresses = null,
    AddressChainsSection? Chains = null,
    AddressSimilaritySection? Similarity = null)
{
    /// <summary>Your addresses and those of people you pay.</summary>
    public IReadOnlyList<string> AllowedAddresses { get; init; } = AllowedAddresses ?? [];

    /// <summary>Which chains.</summary>
    public AddressChainsSection Chains { get; init; } = Chains ?? new();

    /// <summary>What a look-alike is.</summary>
    public AddressSimilaritySection Similarity { get; init; } = Similarity ?? new();

    internal static SectionSchema Schema => field ??= new(
        "Addresses that money is sent to. Who poisons a history makes an address that begins and ends like one of yours; people, and models, compare no more than that.",
        static () => new AddressProtectionSection(),
        new Field<AddressProtectionSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether addresses in what agents send are compared with allowed_addresses. Chains of which none is allowed are left alone."),
        new Field<AddressProtectionSection>("action", Choices.Address, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (AddressAction)v },
            "What an address does that looks like an allowed one and is another."),
        new Field<AddressProtectionSection>("unknown_action", Choices.Address, Weakens.WhenRaised,
            s => s.UnknownAction, (s, v) => s with { UnknownAction = (AddressAction)v },
            "What any other valid address does, of a chain of which one is allowed. allow by default: agents read about many addresses."),
        new Field<AddressProtectionSection>("allowed_addresses", KindOf.Texts(TextFormats.Line), Weakens.WhenGrown,
            s => s.AllowedAddresses, (s, v) => s with { AllowedAddresses = (IReadOnlyList<string>)v },
            "Your addresses and those of people you pay. One that no chain takes is an error."),
        new Field<AddressProtectionSection>("chains", KindOf.Section(() => AddressChainsSection.Schema), Weakens.Never,
            s => s.Chains, (s, v) => s with { Chains = (AddressChainsSection)v },
            "Which chains."),
        new Field<AddressProtectionSection>("similarity", KindOf.Section(() => AddressSimilaritySection.Schema), Weakens.Never,
            s => s.Similarity, (s, v) => s with { Similarity = (AddressSimilaritySection)v },
            "What a look-alike is."));
}
