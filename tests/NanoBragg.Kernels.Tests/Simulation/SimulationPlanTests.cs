using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation;

public sealed class SimulationPlanTests
{
    private static readonly Experiment Small = new(
        new Crystal { Cell = UnitCell.Cubic(100), Cells = (5, 5, 5), DefaultStructureFactor = 100 },
        Detector.OfPixels(8, 6),
        new Beam { WavelengthMetres = 6.2e-10 },
        new Sampling());

    [Fact]
    public void Default_fluence_scatters_one_photon_per_electron_and_steradian() =>
        SimulationPlan.Create(Small).ThomsonFluence.ShouldBe(1.0, 1e-15);

    [Fact]
    public void Flux_exposure_and_beam_size_give_the_fluence()
    {
        var beam = Small.Beam with { FluxPhotonsPerSecond = 1e18, ExposureSeconds = 0.5, SizeMetres = 1e-5 };

        SimulationPlan.Create(Small with { Beam = beam }).ThomsonFluence.ShouldBe(7.94079248018965e-30 * (1e18 * 0.5 / 1e-5 / 1e-5));
    }

    [Theory]
    [InlineData(null, null, null, 1, 0.0)]
    [InlineData(null, 0.25, null, 2, 0.25)]
    [InlineData(2.0, null, null, 2, 1.0)]
    [InlineData(0.0, null, null, 2, 0.0)]
    [InlineData(1.0, 0.3, null, 4, 0.3)]
    [InlineData(null, null, 4, 4, 0.25)]
    [InlineData(null, null, 0, 1, 1.0)]
    [InlineData(null, 0.5, 7, 2, 0.5)]
    [InlineData(2.0, null, 4, 4, 0.5)]
    [InlineData(2.0, 0.1, 4, 4, 0.1)]
    [InlineData(2.0, 0.0, 4, 4, 0.0)]
    public void What_is_left_out_of_a_phi_scan_follows_from_the_rest(double? range, double? step, int? steps, int expectedSteps, double expectedStep)
    {
        var scan = PhiScan.Of(
            new Crystal { OscillationRadians = Radians(range) },
            new Sampling { PhiStepRadians = Radians(step), PhiSteps = steps });

        scan.Steps.ShouldBe(expectedSteps);
        (scan.StepRadians * Units.DegreesPerRadian).ShouldBe(expectedStep, 1e-12);

        static double? Radians(double? degrees) => degrees is { } given ? Units.Degrees(given) : null;
    }

    [Fact]
    public void A_step_at_phi_zero_keeps_the_last_steps_orientation_but_for_the_first_evaluation_of_a_run()
    {
        var plan = SimulationPlan.Create(Scanned(start: 0.0, range: 2.0, steps: 4));

        plan.OrientationCount.ShouldBe(4);
        plan.Orientations[..9].ShouldBe(plan.Orientations[27..36]);
        plan.FirstEvaluationOrientations.ShouldBe(SimulationPlan.Create(Small).Orientations);
    }

    [Fact]
    public void A_scan_through_phi_zero_repeats_the_step_before_it()
    {
        var plan = SimulationPlan.Create(Scanned(start: -1.0, range: 2.0, steps: 4));

        plan.Orientations[18..27].ShouldBe(plan.Orientations[9..18]);
        plan.FirstEvaluationOrientations.ShouldBeNull();
    }

    [Fact]
    public void A_scan_that_stays_at_phi_zero_needs_no_exception() =>
        SimulationPlan.Create(Scanned(start: 0.0, range: 0.0, steps: 3)).FirstEvaluationOrientations.ShouldBeNull();

    [Fact]
    public void First_evaluation_reaches_the_first_sub_pixel_of_the_first_pixel_only()
    {
        var scanned = Scanned(start: 0.0, range: 2.0, steps: 4);
        var plan = SimulationPlan.Create(scanned with { Sampling = scanned.Sampling with { Oversample = 2 } });
        var with = Rendered(plan);
        var without = Rendered(plan with { FirstEvaluationOrientations = null });

        with[0].ShouldNotBe(without[0]);
        with[1..].ShouldBe(without[1..]);
    }

    [Theory]
    [InlineData(0.0, 5, 1)]
    [InlineData(-1.0, 5, 1)]
    [InlineData(0.6, 0, 10)]
    [InlineData(0.6, -3, 10)]
    [InlineData(0.6, 4, 4)]
    public void Only_an_imperfect_crystal_has_more_than_one_domain(double spreadDegrees, int domains, int expected)
    {
        var plan = SimulationPlan.Create(Small with
        {
            Crystal = Small.Crystal with { MosaicSpreadRadians = Units.Degrees(spreadDegrees) },
            Sampling = new Sampling { MosaicDomains = domains },
        });

        plan.MosaicDomains.ShouldBe(expected);
        plan.Orientations.Length.ShouldBe(9 * expected);
        plan.Orientations[..9].ShouldBe(SimulationPlan.Create(Small).Orientations);
    }

    [Theory]
    [InlineData(60e-9, 6)]
    [InlineData(0.0, 5)]
    public void A_crystals_size_beats_its_number_of_cells(double sizeMetres, int expected)
    {
        var crystal = Small.Crystal with { Cell = UnitCell.Cubic(110), SizeMetres = new(sizeMetres, sizeMetres, sizeMetres) };

        SimulationPlan.Create(Small with { Crystal = crystal }).Cells.ShouldBe((expected, expected, expected));
    }

    [Theory]
    [InlineData(5, 5, 3, null, false)]
    [InlineData(5, 2, 5, null, true)]
    [InlineData(0, 5, 5, null, true)]
    [InlineData(2, 2, 2, false, false)]
    [InlineData(5, 5, 5, true, true)]
    public void Few_cells_as_they_are_given_select_interpolation(int a, int b, int c, bool? given, bool expected)
    {
        var grid = new StructureFactorGrid(new(0, 0), new(0, 0), new(0, 0), [1.0]);
        var crystal = Small.Crystal with
        {
            Cells = (a, b, c),
            SizeMetres = new(90e-9, 90e-9, 90e-9),
            StructureFactors = grid,
            InterpolatesStructureFactors = given,
        };

        SimulationPlan.Create(Small with { Crystal = crystal }).InterpolatesStructureFactors.ShouldBe(expected);
        SimulationPlan.Create(Small with { Crystal = crystal with { StructureFactors = null } }).InterpolatesStructureFactors.ShouldBeFalse();
    }

    [Fact]
    public void A_large_crystal_is_oversampled()
    {
        var crystal = Small.Crystal with { Cells = (1000, 1, 1) };

        // Three sub-pixels for each 10 µm of crystal over 620 nm of reciprocal pixel.
        SimulationPlan.Create(Small with { Crystal = crystal }).Oversample.ShouldBe(49);
    }

    [Fact]
    public void Experiments_without_a_picture_are_refused_in_words()
    {
        Refusal(Small with { Beam = Small.Beam with { WavelengthMetres = 0.0 } }).ShouldContain("wavelength");
        Refusal(Small with { Detector = Detector.OfPixels(8, 0) }).ShouldContain("pixel");
        Refusal(Small with { Detector = Small.Detector with { PixelSizeMetres = 0.0 } }).ShouldContain("pixel");
        Refusal(Small with { Detector = Detector.OfPixels(100_000, 100_000) }).ShouldContain("100000 × 100000");
        Refusal(Small with { Crystal = new Crystal() }).ShouldContain("unit cell");
        Refusal(Small with { Crystal = new Crystal { Matrix = new(default, default, default) } }).ShouldContain("no volume");
        Refusal(Small with { Sampling = new Sampling { Oversample = 100_000 } }).ShouldContain("100000²");
        Refusal(Small with
        {
            Crystal = Small.Crystal with { OscillationRadians = 0.0 },
            Sampling = new Sampling { PhiStepRadians = 0.1 },
        }).ShouldContain("phi steps");

        static string Refusal(Experiment experiment) => Should.Throw<ExperimentException>(() => SimulationPlan.Create(experiment)).Message;
    }

    [Fact]
    public void An_image_of_another_length_is_refused()
    {
        var plan = SimulationPlan.Create(Small);

        Should.Throw<ArgumentException>(() => new ReferenceBackEnd().Render(plan, new double[47]));
        Should.Throw<ArgumentException>(() => new ReferenceBackEnd().Render(plan, new float[49]));
    }

    private static Experiment Scanned(double start, double range, int steps) => Small with
    {
        Crystal = Small.Crystal with { PhiStartRadians = Units.Degrees(start), OscillationRadians = Units.Degrees(range) },
        Sampling = new Sampling { PhiSteps = steps },
    };

    private static double[] Rendered(SimulationPlan plan)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd().Render(plan, image);
        return image;
    }
}
