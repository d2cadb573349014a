using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Simulation;

/// <summary>A sensor cut into layers that each record on their own.</summary>
/// <param name="ThicknessMetres">Thickness, m; 0 is a sensor that captures everything at its surface.</param>
/// <param name="LayerMetres">Distance between layers, m.</param>
/// <param name="Count">Number of layers, at least 1.</param>
/// <param name="AttenuationPerMetre">Attenuation coefficient, 1/m; negative where there is none.</param>
public readonly record struct SensorLayers(double ThicknessMetres, double LayerMetres, int Count, double AttenuationPerMetre)
{
    private const double Unknown = -1.0;
    private const double GuessedThickness = 0.5e-6;

    /// <summary>Gets the sensor without thickness.</summary>
    public static SensorLayers Thin { get; } = new(0.0, 0.0, 1, Unknown);

    /// <summary>
    /// Applies the rules that fill in what the user left out (physics.md section 15). With a number of layers, the last one starts where the sensor ends, so
    /// that they reach deeper than the sensor is thick: a quirk of the reference program.
    /// </summary>
    /// <param name="detector">The detector, of which the sensor is read.</param>
    /// <param name="sampling">How many layers were asked for.</param>
    /// <returns>The layers.</returns>
    public static SensorLayers Of(Detector detector, Sampling sampling)
    {
        var (thickness, count) = (detector.SensorThicknessMetres, sampling.SensorLayers);
        var layer = 0.0;
        (thickness, layer, count) = (count <= 0, thickness < 0.0) switch
        {
            (true, true) => (0.0, 0.0, 1),
            (true, false) => (thickness, thickness / 2, 2),
            (false, true) => (GuessedThickness, GuessedThickness / count, count),
            (false, false) => (thickness, thickness / (Math.Max(count, 2) - 1), Math.Max(count, 2)),
        };
        var attenuation = detector.SensorAttenuationPerMetre ?? Unknown;
        if (thickness > 0.0 && attenuation < 0.0)
        {
            attenuation = 1.0 / thickness;
        }

        return thickness <= 0.0 || layer <= 0.0 ? Thin with { AttenuationPerMetre = attenuation } : new(thickness, layer, count, attenuation);
    }

    /// <summary>Share of the photons that a layer captures.</summary>
    /// <param name="layer">Which layer, from 0.</param>
    /// <param name="diffracted">Unit vector of the photons' path.</param>
    /// <param name="normal">Unit vector of the detector's normal.</param>
    /// <returns>The share. That of a sensor without thickness is 0, not 1: only who asks for layers should ask.</returns>
    public double Captured(int layer, in Vector3D diffracted, in Vector3D normal)
    {
        var parallax = Vector3D.Dot(diffracted, normal);
        return Math.Exp(-layer * LayerMetres * AttenuationPerMetre / parallax)
            - Math.Exp(-(layer + 1) * LayerMetres * AttenuationPerMetre / parallax);
    }
}
