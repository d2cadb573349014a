using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using static System.FormattableString;

namespace NanoBragg.Kernels.Simulation;

/// <summary>The sources of a beam (physics.md section 14).</summary>
internal static class SourceList
{
    // Source distance, m. It cancels, but for the last bits of the direction.
    private const double Distance = 10.0;

    /// <summary>Lists a beam's sources: those given, or else a grid of directions and wavelengths.</summary>
    /// <param name="beam">The beam.</param>
    /// <param name="axes">The straightened axes.</param>
    /// <param name="most">As many sources as the rest of the experiment lets be counted.</param>
    /// <returns>The sources, in the reference program's order; at least one.</returns>
    /// <exception cref="ExperimentException">There are too many sources, or none, or one without a wavelength.</exception>
    public static Source[] Of(Beam beam, LaboratoryAxes axes, long most)
    {
        if (beam.Sources is { } given)
        {
            return given.Count <= most ? Whole([.. given.Select(point => Given(point, beam, axes))]) : throw TooMany(given.Count);
        }

        var (horizontal, vertical, dispersion) =
            (SampledRange.Of(beam.HorizontalDivergence), SampledRange.Of(beam.VerticalDivergence), SampledRange.Of(beam.Dispersion));
        var grid = (Int128)horizontal.Points * vertical.Points * dispersion.Points;
        if (horizontal.Range == 0.0 && vertical.Range == 0.0 && dispersion.Range == 0.0)
        {
            // Nearly every beam: no more code than it needs has to be compiled for it.
            return [new(-Position(axes, 0.0, 0.0).Unitised(), beam.WavelengthMetres)];
        }

        return grid <= most ? Whole([.. Grid(beam, axes, horizontal, vertical, dispersion)]) : throw TooMany(grid);
    }

    // A wavelength of 0 gives a picture that is not a number in the reference program, and one below 0 a meaningless one.
    private static Source[] Whole(Source[] sources)
    {
        var unlit = Array.FindIndex(sources, source => !(source.WavelengthMetres > 0.0) || !double.IsFinite(source.WavelengthMetres));
        if (unlit >= 0)
        {
            throw new ExperimentException(Invariant(
                $"source {unlit + 1} has a wavelength of {sources[unlit].WavelengthMetres:G6} m: give one above 0, a smaller dispersion, or a line feed after the last source"));
        }

        return sources.Length > 0
            ? sources
            : throw new ExperimentException("no source is left: give one at least; a round divergence keeps only those within its ellipse, a square one all");
    }

    private static IEnumerable<Source> Grid(
        Beam beam, LaboratoryAxes axes, SampledRange horizontal, SampledRange vertical, SampledRange dispersion)
    {
        for (var i = 0; i < horizontal.Points; i++)
        {
            for (var j = 0; j < vertical.Points; j++)
            {
                // A single point's roundness is not a number, and no comparison cuts that.
                if (!beam.SquareDivergence && (horizontal.RoundnessAt(i) + vertical.RoundnessAt(j)) * 4.0 > 1.1)
                {
                    continue;
                }

                var incident = -Position(axes, horizontal[i], vertical[j]).Unitised();
                for (var k = 0; k < dispersion.Points; k++)
                {
                    yield return new(incident, beam.WavelengthMetres * (1.0 + dispersion.Step * k - dispersion.Range / 2.0));
                }
            }
        }
    }

    // A rotation by 0 changes the sign of a 0, which only a trace shows.
    private static Vector3D Position(LaboratoryAxes axes, double horizontalRadians, double verticalRadians) =>
        (-Distance * axes.Beam)
            .RotatedAbout(axes.Polarisation, verticalRadians)
            .RotatedAbout(Vector3D.Cross(axes.Beam, axes.Polarisation).Unitised(), horizontalRadians);

    private static Source Given(SourcePoint point, Beam beam, LaboratoryAxes axes)
    {
        var straight = -Distance * axes.Beam;
        var position = new Vector3D(point.X ?? straight.X, point.Y ?? straight.Y, point.Z ?? straight.Z);
        return new(-position.Unitised(), point.WavelengthMetres ?? beam.WavelengthMetres);
    }

    private static ExperimentException TooMany(Int128 sources) => new(Invariant($"{sources} sources are more than can be counted: give fewer, or fewer steps"));
}
