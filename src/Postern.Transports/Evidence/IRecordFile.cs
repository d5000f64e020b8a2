namespace Postern.Transports.Evidence;

/// <summary>One evidence file open for appending. The seam at which tests make disks fail.</summary>
internal interface IRecordFile : IDisposable
{
    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>Appends all bytes to what the system keeps when this process is killed, or throws.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when everything written stands on the disk, or throws.</summary>
    void Flush();
}
