namespace Postern.Sandbox.Kernel;

/// <summary>A system call that is refused whatever its arguments.</summary>
/// <param name="Name">Its name in the kernel.</param>
/// <param name="X64">Its number on x86-64; -1 where it does not exist.</param>
/// <param name="Arm64">Its number on arm64; -1 where it does not exist.</param>
/// <param name="Answer">The error that the caller sees: one that makes libc and programs take their other way.</param>
internal sealed record SyscallRule(string Name, int X64, int Arm64, int Answer);
