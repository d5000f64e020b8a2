namespace Postern.Transports.Http;

/// <summary>The running checksum of a decoded body: CRC-32 for gzip (RFC 1952 §8), Adler-32 for zlib (RFC 1950 §8.2).</summary>
internal sealed class BodyChecksum(bool isGzip)
{
    private const uint Polynomial = 0xEDB88320;
    private const uint AdlerModulus = 65521;

    /// <summary>Additions before the sums could overflow 32 bits (zlib's NMAX).</summary>
    private const int AdlerRun = 5552;

    private static readonly uint[] s_table = MakeTable();
    private uint _crc = uint.MaxValue;
    private uint _low = 1;
    private uint _high;

    /// <summary>True for gzip, false for zlib.</summary>
    public bool IsGzip => isGzip;

    /// <summary>Bytes so far, modulo 2³²: gzip's ISIZE.</summary>
    public uint Length { get; private set; }

    /// <summary>The checksum so far.</summary>
    public uint Value => isGzip ? ~_crc : (_high << 16) | _low;

    /// <summary>Adds decoded bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Length += (uint)bytes.Length;
        if (isGzip)
        {
            AppendCrc(bytes);
        }
        else
        {
            AppendAdler(bytes);
        }
    }

    /// <summary>Four bytes per step over four tables: about 1 GB/s, far above inflate.</summary>
    private void AppendCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = _crc;
        var table = s_table;
        while (bytes.Length >= 4)
        {
            crc ^= System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = table[768 + (crc & 0xFF)] ^ table[512 + ((crc >> 8) & 0xFF)] ^ table[256 + ((crc >> 16) & 0xFF)] ^ table[crc >> 24];
            bytes = bytes[4..];
        }

        foreach (var value in bytes)
        {
            crc = table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        _crc = crc;
    }

    private void AppendAdler(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var run = bytes[..Math.Min(bytes.Length, AdlerRun)];
            foreach (var value in run)
            {
                _low += value;
                _high += _low;
            }

            _low %= AdlerModulus;
            _high %= AdlerModulus;
            bytes = bytes[run.Length..];
        }
    }

    private static uint[] MakeTable()
    {
        var table = new uint[4 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            }

            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++)
        {
            var before = table[i - 256];
            table[i] = (before >> 8) ^ table[before & 0xFF];
        }

        return table;
    }
}
