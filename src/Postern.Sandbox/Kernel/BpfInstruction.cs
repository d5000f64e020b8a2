using System.Runtime.InteropServices;

namespace Postern.Sandbox.Kernel;

/// <summary>One instruction of a classic BPF program (<c>struct sock_filter</c>).</summary>
/// <param name="Code">What is done.</param>
/// <param name="Yes">How many instructions a true comparison jumps over.</param>
/// <param name="No">The same for a false one.</param>
/// <param name="Value">With which number.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BpfInstruction(ushort Code, byte Yes, byte No, uint Value);
