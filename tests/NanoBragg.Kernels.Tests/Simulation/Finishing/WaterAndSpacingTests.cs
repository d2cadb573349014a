using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Finishing;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Kernels.Tests.Simulation.OpenCl;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.Finishing;

/// <summary>Water and a finest spacing in the fast back ends.</summary>
public sealed class WaterAndSpacingTests
{
    private const int Edge = 60;

    public static TheoryData<string> Flags =>
    [
        "-water 1",
        "-water 1 -nopolar -dmin 4",
        "-water 1 -dmin 4 -roi 5 40 3 50",
        "-water 30 -detector_thick 300 -detector_thicksteps 3 -detector_abs 450 -oversample 2",
        "-water 1 -point_pixel -hdivrange 20 -hdivstep 10",
        "-dmin 4",
        "-dmin 4 -oversample 3",
        "-dmin 4 -phi 0 -osc 2 -phisteps 2 -mosaic 0.5 -mosaic_dom 2",
        "-dmin 4 -dispersion 20 -dispsteps 3 -hdivrange 20 -hdivstep 10 -oversample 2",
        "-dmin 4 -detector_thick 30000 -detector_thicksteps 3 -detector_abs 45000",
        "-dmin 4 -beam_vector 0.9 0.1 0.1",
        "-dmin 400",
        "-dmin 0.1",
    ];

    [Theory]
    [MemberData(nameof(Flags))]
    public void On_the_processor_they_are_those_of_the_reference(string flags)
    {
        var plan = Plan(flags);
        plan.ReferenceOnly.ShouldBeNull();
        var expected = Reference(plan);
        var (actual, inFloat) = (new double[expected.Length], new float[expected.Length]);
        new SimdBackEnd(SimdPrecision.Double).Render(plan, actual);
        new SimdBackEnd(SimdPrecision.Float).Render(plan, inFloat);
        ShouldBeRight(actual, Array.ConvertAll(inFloat, value => (double)value), expected);

        var onOneThread = new double[expected.Length];
        new SimdBackEnd(SimdPrecision.Double, 1).Render(plan, onOneThread);
        onOneThread.ShouldBe(actual);
    }

    [OpenClTheory]
    [MemberData(nameof(Flags))]
    public void On_a_device_they_are_those_of_the_reference(string flags)
    {
        var plan = Plan(flags);
        TestDevice.Double.HandsOver(plan).ShouldBeNull();
        ShouldBeRight(TestDevice.Draw(TestDevice.Double, plan), TestDevice.Draw(TestDevice.Float, plan), Reference(plan));
    }

    [Fact]
    public void A_pixel_is_left_out_as_a_whole_but_on_a_narrow_ring()
    {
        var plan = Plan("-dmin 4 -oversample 4 -dispersion 1 -dispsteps 2");
        var (with, without) = (Reference(plan), Reference(plan with { FinestSpacingMetres = 0.0 }));
        var shares = Enumerable.Range(0, with.Length).Select(pixel => FinestSpacing.Of(plan, pixel % Edge, pixel / Edge)).ToArray();
        for (var pixel = 0; pixel < with.Length; pixel++)
        {
            switch (shares[pixel])
            {
                case FinestSpacing.Share.All:
                    with[pixel].ShouldBe(0.0);
                    break;
                case FinestSpacing.Share.None:
                    with[pixel].ShouldBe(without[pixel]);
                    break;
            }
        }

        shares.Count(share => share == FinestSpacing.Share.All).ShouldBeGreaterThan(1000);
        shares.Count(share => share == FinestSpacing.Share.None).ShouldBeGreaterThan(1000);
        shares.Count(share => share == FinestSpacing.Share.Some).ShouldBeInRange(50, 400);
    }

    [Fact]
    public void Interpolation_that_may_end_is_the_reference_s_where_a_spacing_is_too_fine() =>
        Plan("-dmin 4 -interpolate -N 2", "1 1 1 5\n2 3 4 7\n").ReferenceOnly.ShouldNotBeNull();

    private static SimulationPlan Plan(string flags, string? list = null)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            string[] reflections = [];
            if (list is not null)
            {
                File.WriteAllText(Path.Combine(folder.FullName, "list.hkl"), list);
                reflections = ["-hkl", "list.hkl"];
            }

            return SimulationPlan.Create(CommandLineFlags.Parse(
                [.. $"-cell 70 80 90 85 95 105 -lambda 1.5 -N 5 -default_F 100 -misset 10 5 3 -distance 100 -detpixels {Edge} -pixel 2 -polar 0.5 {flags}".Split(' '), .. reflections],
                folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double[] Reference(SimulationPlan plan)
    {
        var expected = new double[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd().Render(plan, expected);
        return expected;
    }

    private static void ShouldBeRight(double[] inDouble, double[] inFloat, double[] expected)
    {
        inDouble.Select(value => value == 0.0).ShouldBe(expected.Select(value => value == 0.0));
        inFloat.Select(value => value == 0.0).ShouldBe(expected.Select(value => value == 0.0));
        if (expected.Any(value => value != 0.0))
        {
            SimdTolerance.ShouldBeWithinDouble(inDouble, expected);
            SimdTolerance.ShouldBeWithinFloat(inFloat, expected);
        }
    }
}
