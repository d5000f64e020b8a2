using System.Buffers.Binary;

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>The three layouts of Microsoft's self-describing keys.</summary>
internal static class AzureKey
{
    private const int CaskChecked = 80;
    private const int EntraChecked = 37;

    /// <summary>Seeds of all services; eight characters each. A random key passes any of them once in 2^27.</summary>
    private static ReadOnlySpan<byte> Seeds =>
        "Default0MastRW00MastRO00SysAll00SystRW00SystRO00Resour00Encryp00AbAcct00Classic0Tenant00IoTHub00Gatewy00GitKey00Send0000Listen00Manage00System00Unknown0Device00DpsKey00Access00ACRDflt0Query000PAdmin00Functi00Master00"u8;

    private static ReadOnlySpan<byte> CaskDigits => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    private static ReadOnlySpan<byte> EntraDigits => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~"u8;

    /// <summary>The last four decoded bytes are the checksum of the others under one of the known seeds.</summary>
    public static bool IsIdentifiable(ReadOnlySpan<byte> token)
    {
        Span<byte> decoded = stackalloc byte[66];
        var length = Base64Text.Decode(token, decoded);
        if (length < 32)
        {
            return false;
        }

        var stated = BinaryPrimitives.ReadUInt32LittleEndian(decoded[(length - 4)..]);
        for (var i = 0; i < Seeds.Length; i += 8)
        {
            if (Marvin32.Folded(decoded[..(length - 4)], Seeds.Slice(i, 8)) == stated)
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsCask(ReadOnlySpan<byte> token)
    {
        Span<byte> decoded = stackalloc byte[60];
        if (token.Length < CaskChecked + 4 || Base64Text.Decode(token[..CaskChecked], decoded) != decoded.Length)
        {
            return false;
        }

        var sum = BinaryPrimitives.ReverseEndianness(Marvin32.Folded(decoded, "Default0"u8));
        Span<byte> digits = stackalloc byte[6];
        digits.Fill((byte)'0');
        var count = 1;
        for (var rest = sum / 62; rest > 0; rest /= 62)
        {
            count++;
        }

        for (var i = count - 1; i >= 0; i--, sum /= 62)
        {
            digits[i] = CaskDigits[(int)(sum % 62)];
        }

        return digits[..4].SequenceEqual(token.Slice(CaskChecked, 4));
    }

    public static bool IsEntraPassword(ReadOnlySpan<byte> token)
    {
        if (token.Length != EntraChecked + 3)
        {
            return false;
        }

        var sum = Marvin32.Folded(token[..EntraChecked], "AadPwd00"u8);
        Span<byte> digits = stackalloc byte[6];
        for (var i = digits.Length - 1; i >= 0; i--, sum /= 66)
        {
            digits[i] = EntraDigits[(int)(sum % 66)];
        }

        return digits[..3].SequenceEqual(token[EntraChecked..]);
    }
}
