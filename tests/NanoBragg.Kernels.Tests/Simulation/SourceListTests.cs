using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation;

public sealed class SourceListTests
{
    private static readonly LaboratoryAxes Axes = Conventions.AxesOf(new Detector());

    [Theory]
    [InlineData(null, null, null, 0.0, 0.0, 1)]
    [InlineData(null, 0.25, null, 0.25, 0.25, 2)]
    [InlineData(2.0, null, null, 2.0, 2.0, 2)]
    [InlineData(0.1, 0.02, null, 0.1, 0.02, 5)]
    [InlineData(null, null, 4, 1.0, 0.25, 4)]
    [InlineData(null, 0.25, 4, 0.25, 0.25, 2)]
    [InlineData(2.0, null, 1, 2.0, 2.0, 2)]
    [InlineData(2.0, null, 5, 2.0, 0.5, 5)]
    [InlineData(2.0, 0.1, 5, 2.0, 0.1, 5)]
    [InlineData(0.0, null, 5, 0.0, 0.0, 1)]
    public void What_is_left_out_of_a_spread_follows_from_the_rest(
        double? range, double? step, int? points, double expectedRange, double expectedStep, int expectedPoints) =>
        SampledRange.Of(new(range, step, points)).ShouldBe(new SampledRange(expectedRange, expectedStep, expectedPoints));

    [Fact]
    public void A_beam_without_spread_is_one_source_straight_ahead()
    {
        var source = Of(new Beam()).ShouldHaveSingleItem();

        source.IncidentDirection.ShouldBe(new Vector3D(1.0, 0.0, 0.0));
        source.WavelengthMetres.ShouldBe(1e-10);
    }

    [Fact]
    public void An_ellipse_cuts_the_corners_of_a_square_grid()
    {
        var beam = new Beam { HorizontalDivergence = new(4e-3, null, 5), VerticalDivergence = new(4e-3, null, 5) };

        Of(beam with { SquareDivergence = true }).Length.ShouldBe(25);
        Of(beam).Length.ShouldBe(13);
    }

    [Fact]
    public void A_spread_in_one_direction_is_not_cut() =>
        Of(new Beam { HorizontalDivergence = new(4e-3, 1e-3, 9) }).Length.ShouldBe(9);

    [Fact]
    public void Each_direction_has_every_wavelength()
    {
        var sources = Of(new Beam { VerticalDivergence = new(2e-3, null, null), Dispersion = new(0.02, null, 3) });

        sources.Length.ShouldBe(6);
        sources[0].IncidentDirection.ShouldBe(sources[2].IncidentDirection);
        sources[0].IncidentDirection.ShouldNotBe(sources[3].IncidentDirection);
        sources.Take(3).Select(source => source.WavelengthMetres / 1e-10).ShouldBe([0.99, 1.0, 1.01], 1e-12);
    }

    [Fact]
    public void A_list_takes_the_place_of_spreads_and_what_it_leaves_out_is_the_beams()
    {
        var sources = Of(new Beam { Dispersion = new(0.02, null, 3), Sources = [new(null, 5.0, null, null), new(0.0, 0.0, -2.0, 2e-10)] });

        sources.Length.ShouldBe(2);
        sources[0].IncidentDirection.ShouldBe(-new Vector3D(-10.0, 5.0, 0.0).Unitised());
        sources[0].WavelengthMetres.ShouldBe(1e-10);
        sources[1].ShouldBe(new Source(new(0.0, 0.0, 1.0), 2e-10));
    }

    [Fact]
    public void No_source_too_many_and_one_without_a_wavelength_are_refused()
    {
        var single = new Spread(1e-3, 1e-3, 1);

        Refusal(new Beam { HorizontalDivergence = single, VerticalDivergence = single }).ShouldContain("no source");
        Refusal(new Beam { Sources = [] }).ShouldContain("no source");
        Refusal(new Beam { HorizontalDivergence = new(1.0, 1e-12, null), Dispersion = new(1.0, null, 3) }).ShouldContain("more than can be counted");
        Refusal(new Beam { Dispersion = new(3.0, null, 3) }).ShouldStartWith("source 1 has a wavelength of -5E-11 m");
        Refusal(new Beam { Sources = [new(null, null, null, null), new(1.0, null, null, 0.0)] }).ShouldStartWith("source 2 has a wavelength of 0 m");

        static string Refusal(Beam beam) => Should.Throw<ExperimentException>(() => Of(beam)).Message;
    }

    private static Source[] Of(Beam beam) => SourceList.Of(beam, Axes, most: 1000);
}
