using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Reference;

/// <summary>Somebody who watches a run of the reference back end, loop by loop. What it is told is in SI units.</summary>
internal interface IStepObserver
{
    /// <summary>Gets whether it is told anything. A constant, so that a run that nobody watches does nothing for it.</summary>
    static abstract bool Watches { get; }

    /// <summary>A pixel is begun.</summary>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    void Pixel(int fast, int slow);

    /// <summary>A sub-pixel of a layer is begun.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="subSlow">Which of the pixel along the slow axis.</param>
    /// <param name="subFast">Which of the pixel along the fast axis.</param>
    /// <param name="position">Where it is.</param>
    /// <param name="airPath">Its distance from the sample.</param>
    void SubPixel(int layer, int subSlow, int subFast, in Vector3D position, double airPath);

    /// <summary>A source shines, whether or not it is left out for a spacing that is too fine.</summary>
    /// <param name="source">Which.</param>
    /// <param name="q">The scattering vector, 1/m.</param>
    void Source(int source, in Vector3D q);

    /// <summary>An orientation is evaluated.</summary>
    /// <param name="step">What is found.</param>
    void Orientation(in OrientationStep step);

    /// <summary>The pixel is done.</summary>
    /// <param name="sum">The sum of its steps.</param>
    /// <param name="corrections">The factors of the last step.</param>
    /// <param name="value">Its photons.</param>
    void Value(double sum, in Corrections corrections, double value);
}

/// <summary>The factors that are not of the crystal.</summary>
/// <param name="Captured">The share that the layer captures.</param>
/// <param name="Polarisation">The polarisation factor; 0 before it is known.</param>
/// <param name="SolidAngle">The solid angle, sr.</param>
internal readonly record struct Corrections(double Captured, double Polarisation, double SolidAngle);

/// <summary>One evaluation of the innermost loop.</summary>
/// <param name="Orientation">Which of the plan's.</param>
/// <param name="A">Cell vector a, m.</param>
/// <param name="B">Cell vector b, m.</param>
/// <param name="C">Cell vector c, m.</param>
/// <param name="Index">The fractional Miller index.</param>
/// <param name="LatticeFactor">The lattice factor.</param>
/// <param name="StructureFactor">The structure factor, or null where the lattice factor is 0 and the step is left out.</param>
/// <param name="Diffracted">The direction towards the sub-pixel, as the step found it.</param>
/// <param name="Corrections">The factors.</param>
/// <param name="Sum">The pixel's sum so far, with this step, before it is multiplied by any factor.</param>
internal readonly record struct OrientationStep(
    int Orientation,
    Vector3D A,
    Vector3D B,
    Vector3D C,
    Vector3D Index,
    double LatticeFactor,
    double? StructureFactor,
    Vector3D Diffracted,
    Corrections Corrections,
    double Sum);

/// <summary>Nobody watches, at no cost.</summary>
internal readonly struct Unobserved : IStepObserver
{
    /// <inheritdoc/>
    public static bool Watches => false;

    /// <inheritdoc/>
    public void Pixel(int fast, int slow)
    {
    }

    /// <inheritdoc/>
    public void SubPixel(int layer, int subSlow, int subFast, in Vector3D position, double airPath)
    {
    }

    /// <inheritdoc/>
    public void Source(int source, in Vector3D q)
    {
    }

    /// <inheritdoc/>
    public void Orientation(in OrientationStep step)
    {
    }

    /// <inheritdoc/>
    public void Value(double sum, in Corrections corrections, double value)
    {
    }
}
