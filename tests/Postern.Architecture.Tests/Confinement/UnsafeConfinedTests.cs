using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Confinement;

public sealed class UnsafeConfinedTests
{
    private static readonly UnsafeConfined s_check = new();

    // Two at most: libcrypto, and one open(2). The SIMD matcher needs no exception.
    private static readonly Allowance[] s_allowed =
    [
        new("src/Postern.Transports/Evidence/OpenSslEd25519.cs", "", "Ed25519 is not in the BCL; libcrypto signs where it is installed."),
        new("src/Postern.Transports/Evidence/FolderFlush.cs", "", "The BCL opens no directory, and without a flush of it a power cut takes the names of new files."),
    ];

    [Fact]
    public void Unmanaged_code_stays_in_the_sandbox() => Guard.Holds(s_check, SourceTree.Product, s_allowed);

    [Fact]
    public void The_exceptions_are_few() => Assert.InRange(s_allowed.Length, 0, 2);

    [Theory]
    [InlineData("unsafe class X { }")]
    [InlineData("class X { unsafe void Y() { } }")]
    [InlineData("class X { void Y() { unsafe { } } }")]
    [InlineData("class X { [DllImport(\"c\")] static extern int getpid(); }")]
    [InlineData("class X { [System.Runtime.InteropServices.DllImportAttribute(\"c\")] static extern int getpid(); }")]
    [InlineData("partial class X { [LibraryImport(\"c\")] private static partial int getpid(); }")]
    [InlineData("class X { object Y() => NativeLibrary.Load(\"c\"); }")]
    [InlineData("class X { object Y(nint p) => Marshal.GetDelegateForFunctionPointer<Action>(p); }")]
    [InlineData("class X { [UnmanagedCallersOnly] static void Y() { } }")]
    public void Catches_unmanaged_code_elsewhere(string code)
    {
        Guard.Catches(s_check, "src/Postern.Engine/Detection/X.cs", code);
        Guard.Catches(s_check, "src/Postern.Transports/Http/X.cs", code);
        Guard.Catches(s_check, "src/Postern/X.cs", code);
        Guard.Passes(s_check, "src/Postern.Sandbox/X.cs", code);
    }

    [Theory]
    [InlineData("class X { void Y() { Span<byte> s = stackalloc byte[8]; } }")]
    [InlineData("class X { ref byte Y(Span<byte> s) => ref MemoryMarshal.GetReference(s); }")]
    [InlineData("/// <summary>Not unsafe, no DllImport.</summary>\nclass X { }")]
    public void Safe_code_passes(string code) => Guard.Passes(s_check, "src/Postern.Engine/Detection/X.cs", code);
}
