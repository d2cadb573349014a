using ILGPU;
using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Physics;

namespace NanoBragg.Kernels.Simulation.Ilgpu;

/// <summary>One pixel a thread: the loops of <see cref="Reference.PixelLoop{TObserver}"/> in their order, in double, with what devices lack written in plain arithmetic.</summary>
internal static class PixelKernel
{
    /// <summary>Draws a pixel.</summary>
    /// <param name="thread">Which of the band, row by row.</param>
    /// <param name="picture">What all pixels share.</param>
    /// <param name="lattice">The crystal's lattice factor.</param>
    /// <param name="firstSlow">The band's first row.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="orientations">Nine components of cell vectors for each orientation, m.</param>
    /// <param name="squares">Squared structure factors with a border of the one outside; not read where there is no grid.</param>
    /// <param name="image">The band: photons per pixel.</param>
    /// <typeparam name="TLattice">The crystal's outline.</typeparam>
    public static void Draw<TLattice>(
        Index1D thread, PictureFigures picture, TLattice lattice, int firstSlow,
        ArrayView<Source> sources, ArrayView<double> orientations, ArrayView<double> squares, ArrayView<double> image)
        where TLattice : struct, ILattice
    {
        int place = thread;
        int fast = picture.FirstFast + (place % picture.Width), slow = firstSlow + (place / picture.Width);
        var sum = 0.0;
        var polarisation = picture.IsUnpolarised != 0 ? 1.0 : 0.0;
        var solidAngle = 0.0;
        var captured = 1.0;
        for (var layer = 0; layer < picture.Layers; layer++)
        {
            // What the last layer's first sub-pixel captures counts for the whole pixel.
            captured = picture.IsThick != 0 ? 0.0 : 1.0;
            for (var subSlow = 0; subSlow < picture.Oversample; subSlow++)
            {
                for (var subFast = 0; subFast < picture.Oversample; subFast++)
                {
                    var position = Position(picture, (fast * picture.Oversample) + subFast, (slow * picture.Oversample) + subSlow, layer);
                    var airPath = position.Length;
                    var diffracted = position.Unitised();
                    if (solidAngle == 0.0)
                    {
                        solidAngle = picture.IsPointPixel != 0
                            ? SolidAngle.OfPoint(airPath)
                            : SolidAngle.OfPixel(picture.PixelSize, picture.CloseDistance, airPath);
                    }

                    if (captured == 0.0)
                    {
                        captured = Captured(picture, layer, diffracted);
                    }

                    for (var i = 0; i < picture.Sources; i++)
                    {
                        var source = sources[i];
                        var incident = source.IncidentDirection;
                        var q = new Vector3D(
                            (diffracted.X - incident.X) / source.WavelengthMetres,
                            (diffracted.Y - incident.Y) / source.WavelengthMetres,
                            (diffracted.Z - incident.Z) / source.WavelengthMetres);
                        if (polarisation == 0.0)
                        {
                            polarisation = Polarisation.FactorWithoutAngles(picture.Kahn, incident.Unitised(), diffracted, picture.PolarisationAxis);
                        }

                        for (var orientation = 0; orientation < picture.Orientations; orientation++)
                        {
                            var cell = 9 * orientation;
                            var h = (orientations[cell] * q.X) + (orientations[cell + 1] * q.Y) + (orientations[cell + 2] * q.Z);
                            var k = (orientations[cell + 3] * q.X) + (orientations[cell + 4] * q.Y) + (orientations[cell + 5] * q.Z);
                            var l = (orientations[cell + 6] * q.X) + (orientations[cell + 7] * q.Y) + (orientations[cell + 8] * q.Z);
                            var factor = lattice.Factor(HalfTurns.Fraction(h), HalfTurns.Fraction(k), HalfTurns.Fraction(l));
                            var square = picture.HasGrid != 0 ? Square(picture, squares, h, k, l) : picture.DefaultSquare;
                            sum += square * factor * factor;
                        }
                    }
                }
            }
        }

        image[place] = picture.ThomsonFluence * sum / picture.StepsPerPixel * captured * polarisation * solidAngle;
    }

    // Centre of a sub-pixel relative to the sample, m.
    private static Vector3D Position(PictureFigures picture, int fast, int slow, int layer)
    {
        var f = (picture.Subpixel * fast) + (picture.Subpixel / 2.0);
        var s = (picture.Subpixel * slow) + (picture.Subpixel / 2.0);
        var depth = layer * picture.Layer;
        return new(
            (f * picture.Fast.X) + (s * picture.Slow.X) + (depth * picture.Normal.X) + picture.Origin.X,
            (f * picture.Fast.Y) + (s * picture.Slow.Y) + (depth * picture.Normal.Y) + picture.Origin.Y,
            (f * picture.Fast.Z) + (s * picture.Slow.Z) + (depth * picture.Normal.Z) + picture.Origin.Z);
    }

    // As SensorLayers.Captured.
    private static double Captured(PictureFigures picture, int layer, Vector3D diffracted)
    {
        var absorbed = picture.Layer * picture.Attenuation / Vector3D.Dot(diffracted, picture.Normal);
        return Exponential.Of(-layer * absorbed) - Exponential.Of(-(layer + 1) * absorbed);
    }

    // The nearest reflection's, a half rounded down; all beyond the grid's edge are on its border.
    private static double Square(PictureFigures picture, ArrayView<double> squares, double h, double k, double l)
    {
        var i = Place(h, picture.FirstH, picture.CountH);
        var j = Place(k, picture.FirstK, picture.CountK);
        var m = Place(l, picture.FirstL, picture.CountL);
        return squares[((((long)i * picture.CountK) + j) * picture.CountL) + m];
    }

    // Kept in the grid before it is a whole number, which an index far outside has no room in.
    private static int Place(double index, int first, int count) =>
        (int)Math.Min(Math.Max(Math.Ceiling(index - 0.5) - first, 0.0), count - 1.0);
}
