using System.Diagnostics.CodeAnalysis;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>The arithmetic of an OpenCL device. Miller indices are anchored at the middle of each tile beyond the accuracy of float in all of them.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The types are what is chosen.")]
public enum OpenClPrecision
{
    /// <summary>Everything in double: within the gates of physics.md section 22. The device must compute in double.</summary>
    Double,

    /// <summary>In float, phases by polynomials: the sum within 3e-6, pixels above 1 % of the brightest within 1e-4; found are about 1e-7 and 1e-5.</summary>
    Float,

    /// <summary>In float, phases by the device's own cosine where a block has at most twelve cells along each axis and that keeps the bounds of <see cref="Float"/>.</summary>
    FloatFast,
}
