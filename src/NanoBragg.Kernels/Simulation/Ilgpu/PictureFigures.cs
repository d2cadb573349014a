using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.Ilgpu;

/// <summary>What all pixels of a picture share: a plan without its lists, as a kernel takes it. A choice is 1 or 0, as devices have no room for a bool.</summary>
internal readonly struct PictureFigures
{
    /// <summary>Reads a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="firstFast">The first column that is drawn.</param>
    /// <param name="width">Columns that are drawn.</param>
    /// <param name="squares">The plan's reflections, or null where all are alike.</param>
    public PictureFigures(SimulationPlan plan, int firstFast, int width, PaddedGrid<double>? squares)
    {
        (FirstFast, Width, Oversample) = (firstFast, width, plan.Oversample);
        (Fast, Slow, Normal, Origin) = (plan.FastAxis, plan.SlowAxis, plan.NormalAxis, plan.OriginMetres);
        (Subpixel, PixelSize, CloseDistance) = (plan.SubpixelSizeMetres, plan.PixelSizeMetres, plan.CloseDistanceMetres);
        (IsPointPixel, IsUnpolarised, IsThick) = (plan.PointPixel ? 1 : 0, plan.Unpolarised ? 1 : 0, plan.Sensor.ThicknessMetres != 0.0 ? 1 : 0);
        (Layers, Layer, Attenuation) = (plan.Sensor.Count, plan.Sensor.LayerMetres, plan.Sensor.AttenuationPerMetre);
        (Kahn, PolarisationAxis) = (plan.KahnFactor, plan.PolarisationAxis.Unitised());
        (ThomsonFluence, StepsPerPixel) = (plan.ThomsonFluence, plan.StepsPerPixel);
        (Sources, Orientations) = (plan.Sources.Count, plan.OrientationCount);
        DefaultSquare = plan.DefaultStructureFactor * plan.DefaultStructureFactor;
        if (squares is { First: var first, Count: var count })
        {
            HasGrid = 1;
            (FirstH, FirstK, FirstL) = first;
            (CountH, CountK, CountL) = count;
        }
    }

    /// <summary>Gets the first column that is drawn.</summary>
    public int FirstFast { get; }

    /// <summary>Gets the columns that are drawn.</summary>
    public int Width { get; }

    /// <summary>Gets the sub-pixels per pixel and axis.</summary>
    public int Oversample { get; }

    /// <summary>Gets the unit vector along the fast axis.</summary>
    public Vector3D Fast { get; }

    /// <summary>Gets the unit vector along the slow axis.</summary>
    public Vector3D Slow { get; }

    /// <summary>Gets the detector's normal.</summary>
    public Vector3D Normal { get; }

    /// <summary>Gets the corner of the first pixel, m.</summary>
    public Vector3D Origin { get; }

    /// <summary>Gets the edge of a sub-pixel, m.</summary>
    public double Subpixel { get; }

    /// <summary>Gets the edge of a pixel, m.</summary>
    public double PixelSize { get; }

    /// <summary>Gets the distance from the sample to the detector plane, m.</summary>
    public double CloseDistance { get; }

    /// <summary>Gets 1 where a pixel has no area.</summary>
    public int IsPointPixel { get; }

    /// <summary>Gets 1 where polarisation is left out.</summary>
    public int IsUnpolarised { get; }

    /// <summary>Gets 1 where the sensor has a thickness.</summary>
    public int IsThick { get; }

    /// <summary>Gets the layers of the sensor.</summary>
    public int Layers { get; }

    /// <summary>Gets the distance between layers, m.</summary>
    public double Layer { get; }

    /// <summary>Gets the attenuation of the sensor, 1/m.</summary>
    public double Attenuation { get; }

    /// <summary>Gets the Kahn factor.</summary>
    public double Kahn { get; }

    /// <summary>Gets the unit vector of the E field.</summary>
    public Vector3D PolarisationAxis { get; }

    /// <summary>Gets r_e² times the fluence.</summary>
    public double ThomsonFluence { get; }

    /// <summary>Gets the evaluations of a pixel.</summary>
    public int StepsPerPixel { get; }

    /// <summary>Gets the number of sources.</summary>
    public int Sources { get; }

    /// <summary>Gets the number of orientations.</summary>
    public int Orientations { get; }

    /// <summary>Gets the squared structure factor of all reflections, where they are alike.</summary>
    public double DefaultSquare { get; }

    /// <summary>Gets 1 where reflections differ.</summary>
    public int HasGrid { get; }

    /// <summary>Gets the lowest h of the padded grid.</summary>
    public int FirstH { get; }

    /// <summary>Gets the lowest k.</summary>
    public int FirstK { get; }

    /// <summary>Gets the lowest l.</summary>
    public int FirstL { get; }

    /// <summary>Gets how many h there are.</summary>
    public int CountH { get; }

    /// <summary>Gets how many k.</summary>
    public int CountK { get; }

    /// <summary>Gets how many l.</summary>
    public int CountL { get; }
}
