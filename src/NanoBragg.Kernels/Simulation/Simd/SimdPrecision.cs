using System.Diagnostics.CodeAnalysis;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>The arithmetic of the lattice factor. Geometry, phases at a tile's centre and sums of many terms are in double either way.</summary>
/// <remarks>
/// The fast forms take phases apart into those of a tile's columns and those of its rows (docs/performance.md); the tile's size follows from a bound on the
/// error. Where no tile is small enough the direct form draws, in float where its rounding allows that, else in double.
/// </remarks>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The types are what is chosen.")]
public enum SimdPrecision
{
    /// <summary>Everything in double, each phase by itself: within the gates of physics.md section 22.</summary>
    Double,

    /// <summary>In double, phases taken apart: the sum within 1e-6, pixels above 1 % of the brightest within 2e-5.</summary>
    DoubleFast,

    /// <summary>In float, phases taken apart: the sum within 3e-6, pixels above 1 % of the brightest within 1e-4.</summary>
    Float,
}
