using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Which chains have their addresses compared. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Eth">Ethereum and its relatives.</param>
/// <param name="Btc">Bitcoin.</param>
/// <param name="Sol">Solana.</param>
/// <param name="Bnb">BNB Beacon Chain.</param>
public sealed record AddressChainsSection(
    bool Eth = true,
    bool Btc = true,
    bool Sol = false,
    bool Bnb = true)
{
    internal static SectionSchema Schema => field ??= new(
        "Which chains have their addresses compared.",
        static () => new AddressChainsSection(),
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
