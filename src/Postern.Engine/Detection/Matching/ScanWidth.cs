namespace Postern.Engine.Detection.Matching;

/// <summary>How many bytes the prefilter looks at in one step.</summary>
internal enum ScanWidth
{
    /// <summary>One position at a time: works everywhere.</summary>
    Scalar = 1,

    /// <summary>16 bytes: SSSE3, Arm64 AdvSimd, WebAssembly SIMD.</summary>
    Vector128 = 16,

    /// <summary>32 bytes: AVX2.</summary>
    Vector256 = 32,

    /// <summary>64 bytes: AVX-512BW.</summary>
    Vector512 = 64,
}
