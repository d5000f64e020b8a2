using System.Runtime.Intrinsics;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Spreads what a feature is made of over all 32 bits.</summary>
internal static class FeatureMix
{
    /// <summary>Features of kinds have so many leading zeros.</summary>
    public const int KindShift = 5;

    private const uint First = 0x85EBCA6B;
    private const uint Second = 0xC2B2AE3D;
    private const uint GramSalt = 0x1B873593;
    private const int Shift = 15;

    /// <summary>The feature of a value; every kind of feature has a salt of its own.</summary>
    public static uint Of(uint value, uint salt)
    {
        var hash = (value ^ salt) * First;
        hash ^= hash >> Shift;
        return hash * Second;
    }

    /// <summary>The feature of four letters in a row.</summary>
    public static uint OfGram(uint letters) => Of(letters, GramSalt);

    /// <summary>The same for four of them.</summary>
    public static Vector128<uint> OfGrams(Vector128<uint> letters)
    {
        var hash = (letters ^ Vector128.Create(GramSalt)) * First;
        hash ^= hash >>> Shift;
        return hash * Second;
    }
}
