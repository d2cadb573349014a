using System.Diagnostics.CodeAnalysis;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>The arithmetic of the lattice factor. Geometry, phases at a tile's centre and sums of more than 256 terms are in double either way.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The types are what is chosen.")]
public enum SimdPrecision
{
    /// <summary>Everything in double: within the gates of physics.md section 22.</summary>
    Double,

    /// <summary>The lattice factor in float, from phases anchored in double once per tile: brightest pixels within about 1e-5.</summary>
    Float,
}
