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
    /// <exception cref="ExperimentException">There are too many sources, or none.</exception>
    public static Source[] Of(Beam beam, LaboratoryAxes axes, long most)
    {
        if (beam.Sources is { } given)
        {
            return given.Count switch
            {
                0 => throw new ExperimentException("no source: give at least one in the list of sources"),
                _ when given.Count > most => throw TooMany(given.Count),
                _ => [.. given.Select(point => Given(point, beam, axes))],
            };
        }

        var (horizontal, vertical, dispersion) =
            (SampledRange.Of(beam.HorizontalDivergence), SampledRange.Of(beam.VerticalDivergence), SampledRange.Of(beam.Dispersion));
        var grid = (Int128)horizontal.Points * vertical.Points * dispersion.Points;
        if (grid > most)
        {
            throw TooMany(grid);
        }

        var sources = Grid(beam, axes, horizontal, vertical, dispersion).ToArray();
        return sources.Length > 0
            ? sources
            : throw new ExperimentException("the round divergence leaves no source: give more of them, or a square divergence");
    }

    private static IEnumerable<Source> Grid(
        Beam beam, LaboratoryAxes axes, SampledRange horizontal, SampledRange vertical, SampledRange dispersion)
    {
        var across = Vector3D.Cross(axes.Beam, axes.Polarisation).Unitised();
        for (var i = 0; i < horizontal.Points; i++)
        {
            for (var j = 0; j < vertical.Points; j++)
            {
                // A single point's roundness is not a number, and no comparison cuts that.
                if (!beam.SquareDivergence && (horizontal.RoundnessAt(i) + vertical.RoundnessAt(j)) * 4.0 > 1.1)
                {
                    continue;
                }

                var position = (-Distance * axes.Beam).RotatedAbout(axes.Polarisation, vertical[j]).RotatedAbout(across, horizontal[i]);
                var incident = -position.Unitised();
                for (var k = 0; k < dispersion.Points; k++)
                {
                    yield return new(incident, beam.WavelengthMetres * (1.0 + dispersion.Step * k - dispersion.Range / 2.0));
                }
            }
        }
    }

    private static Source Given(SourcePoint point, Beam beam, LaboratoryAxes axes)
    {
        var straight = -Distance * axes.Beam;
        var position = new Vector3D(point.X ?? straight.X, point.Y ?? straight.Y, point.Z ?? straight.Z);
        return new(-position.Unitised(), point.WavelengthMetres ?? beam.WavelengthMetres);
    }

    private static ExperimentException TooMany(Int128 sources) => new(Invariant($"{sources} sources are more than can be counted: give fewer, or fewer steps"));
}
