using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.OpenCl;

/// <summary>Pictures of one step a pixel, of which a work-item draws a column.</summary>
public sealed class ColumnTests
{
    private const double SmallPixelMetres = 5e-5;

    [OpenClTheory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(33, 17)]
    [InlineData(31, 15)]
    [InlineData(1, 40)]
    [InlineData(100, 1)]
    [InlineData(64, 32)]
    public void A_picture_of_any_size_is_drawn_whole_and_right(int fast, int slow) => ShouldBeRight(SimdPlans.Plan(fast, slow));

    [OpenClTheory]
    [InlineData(CrystalShape.Block, 3, 4, 12)]
    [InlineData(CrystalShape.Block, 8, 5, 40)]
    [InlineData(CrystalShape.Ellipsoid, 5, 6, 7)]
    [InlineData(CrystalShape.Gaussian, 5, 6, 7)]
    public void Any_crystal_is_right_with_and_without_reflections(CrystalShape shape, int a, int b, int c)
    {
        var plan = SimdPlans.Plan(cells: (a, b, c)) with
        {
            PixelSizeMetres = SmallPixelMetres,
            Shape = shape,
            ShapeFudge = 1.0,
            ReciprocalLattice = new(new(1.0 / 70.0, 0, 0), new(0, 1.0 / 80.0, 0), new(0, 0, 1.0 / 90.0)),
        };
        foreach (var drawn in new[] { plan, plan with { StructureFactors = Reflections() } })
        {
            StepForms.For(drawn, mayFollow: true).ShouldBe(StepForm.SingleAlongColumns);
            using var own = new OpenClBackEnd(TestDevice.Device, OpenClPrecision.FloatFast) { StepsWorthAProgram = 0, PoisonsImage = true };
            var expected = TestDevice.Draw(TestDevice.Double, drawn);
            SimdTolerance.ShouldBeWithinFloat(TestDevice.Draw(TestDevice.Float, drawn), expected);
            SimdTolerance.ShouldBeWithinFloat(TestDevice.Draw(own, drawn), expected);
        }
    }

    [OpenClFact]
    public void Solid_angle_and_polarisation_are_followed_whatever_they_are()
    {
        ShouldBeRight(SimdPlans.Plan() with { Unpolarised = true });
        ShouldBeRight(SimdPlans.Plan() with { KahnFactor = -0.5 });
        ShouldBeRight(SimdPlans.Plan() with { PolarisationAxis = new(1.0, 0.0, 0.0) });
        ShouldBeRight(SimdPlans.Plan() with { PointPixel = true });
    }

    [OpenClFact]
    public void A_region_and_bands_have_the_pixels_of_the_whole()
    {
        var plan = SimdPlans.Plan(70, 90) with { PixelSizeMetres = SmallPixelMetres };
        var whole = TestDevice.Draw(TestDevice.Float, plan);
        using var byBands = new OpenClBackEnd([TestDevice.Device, TestDevice.Device], OpenClPrecision.Float) { FirstSteps = 1, PoisonsImage = true };
        TestDevice.Draw(byBands, plan).ShouldBe(whole);

        var part = TestDevice.Draw(TestDevice.Float, plan with { Region = new(33, 69, 17, 60) });
        for (var pixel = 0; pixel < whole.Length; pixel++)
        {
            var (fast, slow) = (pixel % 70, pixel / 70);
            if (fast >= 33 && slow is >= 17 and <= 60)
            {
                part[pixel].ShouldBe(whole[pixel], 1e-4 * whole[pixel] + 1e-6 * whole.Max());
            }
            else
            {
                part[pixel].ShouldBe(0.0);
            }
        }
    }

    [OpenClTheory]
    [InlineData(2e-5)]
    [InlineData(1e-4)]
    [InlineData(1.6e-4)]
    public void Following_a_column_costs_no_more_than_its_bound(double pixelMetres)
    {
        var plan = SimdPlans.Plan(100, 80) with { PixelSizeMetres = pixelMetres };
        StepForms.For(plan, mayFollow: true).ShouldBe(StepForm.SingleAlongColumns);
        var (image, expected) = (TestDevice.Draw(TestDevice.Float, plan), TestDevice.Draw(TestDevice.Double, plan));
        var brightest = expected.Max();
        var worst = expected.Zip(image).Where(pixel => pixel.First > 0.01 * brightest).Max(pixel => Math.Abs(pixel.Second / pixel.First - 1.0));

        // Beside it the rounding of float.
        worst.ShouldBeLessThan(StepForms.ErrorAlongColumns(plan) + 1e-5);
    }

    [Fact]
    public void What_a_polynomial_does_not_follow_and_what_has_more_steps_or_a_thickness_is_drawn_pixel_by_pixel()
    {
        var plan = SimdPlans.Plan() with { PixelSizeMetres = SmallPixelMetres };
        StepForms.For(plan, mayFollow: true).ShouldBe(StepForm.SingleAlongColumns);
        StepForms.For(plan, mayFollow: false).ShouldBe(StepForm.Single);
        StepForms.For(plan with { PixelSizeMetres = 4e-4 }, mayFollow: true).ShouldBe(StepForm.Single);
        StepForms.For(plan with { Cells = (5, 5, 50000) }, mayFollow: true).ShouldBe(StepForm.Single);
        StepForms.For(plan with { Cells = (1, 1, 1), PixelSizeMetres = 1e-3 }, mayFollow: true).ShouldBe(StepForm.Single);
        StepForms.For(plan with { Sensor = new(3e-4, 3e-4, 1, 2e3) }, mayFollow: true).ShouldBe(StepForm.Single);
        StepForms.For(SimdPlans.Plan(oversample: 2), mayFollow: true).ShouldBe(StepForm.Many);
        StepForms.For(SimdPlans.Plan(orientations: 2), mayFollow: true).ShouldBe(StepForm.Many);

        // Another number of pixels for a work-item than a column's is another form.
        ProgramVariant.For(plan, OpenClPrecision.Float, OpenClDeviceKind.Gpu).Items.ShouldBe(32);
        ProgramVariant.For(plan, OpenClPrecision.Float, OpenClDeviceKind.Gpu, lanes: 4).Steps.ShouldBe(StepForm.Single);
    }

    private static StructureFactorGrid Reflections()
    {
        // A box that the picture leaves.
        IndexRange h = new(-4, 1), k = new(-3, 2), l = new(-2, 3);
        return new(h, k, l, [.. Enumerable.Range(0, (int)(h.Count * k.Count * l.Count)).Select(i => 20.0 + (37 * i % 101))]);
    }

    private static void ShouldBeRight(SimulationPlan plan)
    {
        var small = plan with { PixelSizeMetres = SmallPixelMetres };
        StepForms.For(small, mayFollow: true).ShouldBe(StepForm.SingleAlongColumns);
        SimdTolerance.ShouldBeWithinFloat(TestDevice.Draw(TestDevice.Float, small), SimdPlans.Picture(small));
    }
}
