namespace Postern.Engine.Configuration.Sections;

/// <summary>A calculation that a match of a user's pattern must pass.</summary>
public enum PatternCheck : byte
{
    /// <summary>None.</summary>
    None,

    /// <summary>Payment cards: check digit and issuer.</summary>
    Luhn,

    /// <summary>IBAN: length of the country and remainder.</summary>
    Mod97,

    /// <summary>US bank routing numbers.</summary>
    Aba,

    /// <summary>Bitcoin private keys in wallet import format.</summary>
    Wif,
}
