using Microsoft.Win32.SafeHandles;

namespace Postern.Transports.Evidence;

/// <summary>A file of the operating system. One write call per group, at an offset of its own, so nothing is buffered here.</summary>
internal sealed class RecordFile : IRecordFile
{
    private readonly SafeFileHandle _handle;

    public RecordFile(SafeFileHandle handle, long length) => (_handle, Length) = (handle, length);

    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, Length);
        Length += bytes.Length;
    }

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
