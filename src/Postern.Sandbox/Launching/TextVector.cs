using System.Runtime.InteropServices;

namespace Postern.Sandbox.Launching;

/// <summary>Texts as <c>execve</c> wants them: pointers to bytes that end with zero, and a null pointer at the end. Outside the collected heap.</summary>
internal sealed unsafe class TextVector : IDisposable
{
    private readonly int _count;

    public TextVector(IReadOnlyList<string> texts)
    {
        _count = texts.Count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < _count; i++)
        {
            Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }
    }

    /// <summary>The vector.</summary>
    public byte** Pointer { get; }

    /// <summary>Its first text.</summary>
    public byte* First => Pointer[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
        {
            Marshal.FreeCoTaskMem((nint)Pointer[i]);
        }

        NativeMemory.Free(Pointer);
    }
}
