using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Which chains have their addresses compared. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record AddressChainsSection : ISection
{
    /// <summary>Ethereum and its relatives.</summary>
    public bool Eth { get; init; } = true;

    /// <summary>Bitcoin.</summary>
    public bool Btc { get; init; } = true;

    /// <summary>Solana.</summary>
    public bool Sol { get; init; }

    /// <summary>BNB Beacon Chain.</summary>
    public bool Bnb { get; init; } = true;

    static SectionSchema ISection.Schema => field ??= new(
        "Which chains have their addresses compared.",
        new Field<AddressChainsSection>("eth", KindOf.Flag, Weakens.WhenLowered,
            s => s.Eth, (s, v) => s with { Eth = (bool)v },
            "Ethereum and its relatives: 0x and 40 hexadecimal digits, the capitals checked where there are any (EIP-55)."),
        new Field<AddressChainsSection>("btc", KindOf.Flag, Weakens.WhenLowered,
            s => s.Btc, (s, v) => s with { Btc = (bool)v },
            "Bitcoin: base58check, bech32 and bech32m."),
        new Field<AddressChainsSection>("sol", KindOf.Flag, Weakens.WhenLowered,
            s => s.Sol, (s, v) => s with { Sol = (bool)v },
            "Solana: 32 bytes in base58. Off because it has no checksum: other identifiers look the same."),
        new Field<AddressChainsSection>("bnb", KindOf.Flag, Weakens.WhenLowered,
            s => s.Bnb, (s, v) => s with { Bnb = (bool)v },
            "BNB Beacon Chain: bech32 that begins with bnb1."));
}
