using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Geometry;
using NanoBragg.Tool.Bench;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Bench;

public sealed class CpuCaseTests
{
    [Theory]
    [InlineData("A", 2048, 1)]
    [InlineData("B", 1024, 2000)]
    [InlineData("D", 1024, 2000)]
    [InlineData("E", 2048, 100)]
    [InlineData("F-round", 1024, 2000)]
    [InlineData("G", 256, 1)]
    public void Whole_pictures_have_the_pixels_and_steps_that_the_flags_say(string name, int edge, long stepsPerPixel)
    {
        var prepared = PreparedCase.Of(CpuCases.Choose([name])[0], StepBudget.Of(0));

        prepared.Plan.FastPixels.ShouldBe(edge);
        prepared.Plan.SlowPixels.ShouldBe(edge);
        prepared.WholeEdge.ShouldBe(edge);
        prepared.StepsPerPixel.ShouldBe(stepsPerPixel);
        prepared.Steps.ShouldBe(edge * (long)edge * stepsPerPixel);
    }

    [Fact]
    public void All_flags_of_all_cases_count() =>
        CpuCases.All.Concat(ScalingCases.All).ShouldAllBe(known => IgnoredWords.First(known.Flags.Split(' ')) == null);

    [Fact]
    public void Layers_of_a_sensor_are_steps()
    {
        var prepared = PreparedCase.Of(CpuCases.Choose(["C"])[0], StepBudget.Of(0));

        prepared.Plan.Sensor.Count.ShouldBe(3);
        prepared.StepsPerPixel.ShouldBe(3L * prepared.Plan.StepsPerPixel);
    }

    [Theory]
    [InlineData("B")]
    [InlineData("C")]
    [InlineData("D")]
    [InlineData("E")]
    public void A_smaller_picture_has_the_pixels_of_the_middle(string name)
    {
        var chosen = CpuCases.Choose([name])[0];
        var whole = PreparedCase.Of(chosen, StepBudget.Of(0)).Plan;
        var prepared = PreparedCase.Of(chosen, StepBudget.Of(600_000));
        var plan = prepared.Plan;

        prepared.Steps.ShouldBeInRange(1, 600_000);
        plan.FastPixels.ShouldBeLessThan(whole.FastPixels);
        plan.Oversample.ShouldBe(whole.Oversample);
        plan.PixelSizeMetres.ShouldBe(whole.PixelSizeMetres);
        var skipped = 0.5 * (whole.FastPixels - plan.FastPixels) * whole.PixelSizeMetres;
        var first = whole.OriginMetres - (-skipped * whole.FastAxis) - (-skipped * whole.SlowAxis);
        (first - plan.OriginMetres).Length.ShouldBeLessThan(1e-12);
    }

    [Fact]
    public void No_step_of_the_interpolated_case_leaves_the_list()
    {
        var plan = PreparedCase.Of(CpuCases.Choose(["G"])[0], StepBudget.Usual).Plan;
        var grid = plan.StructureFactors!;

        plan.InterpolatesStructureFactors.ShouldBeTrue();
        var (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var index in Indices())
        {
            (lowest, highest) = (Math.Min(lowest, index), Math.Max(highest, index));
        }

        // A margin of three at each end, and one more.
        lowest.ShouldBeGreaterThan(grid.H.Minimum + 4);
        highest.ShouldBeLessThan(grid.H.Maximum - 4);

        IEnumerable<double> Indices()
        {
            // Pixels' corners, so that every sub-pixel lies between them.
            for (var slow = 0; slow <= plan.SlowPixels; slow++)
            {
                for (var fast = 0; fast <= plan.FastPixels; fast++)
                {
                    var place = plan.OriginMetres - (-fast * plan.PixelSizeMetres * plan.FastAxis) - (-slow * plan.PixelSizeMetres * plan.SlowAxis);
                    foreach (var source in plan.Sources)
                    {
                        var scattering = (1 / source.WavelengthMetres) * ((1 / place.Length * place) - source.IncidentDirection);
                        for (var edge = 0; edge < plan.Orientations.Length; edge += 3)
                        {
                            yield return Vector3D.Dot(new(plan.Orientations[edge], plan.Orientations[edge + 1], plan.Orientations[edge + 2]), scattering);
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1_000_000, 1, 2048, 960)]
    [InlineData(1_000_000, 2000, 1024, 16)]
    [InlineData(10, 2000, 1024, 8)]
    [InlineData(long.MaxValue, 2000, 1024, 1024)]
    [InlineData(10, 2000, 4, 4)]
    public void The_edge_is_of_whole_tiles_and_never_nothing(long steps, long stepsPerPixel, int whole, int edge) =>
        StepBudget.Edge(steps, stepsPerPixel, whole).ShouldBe(edge);

    [Fact]
    public void Chosen_cases_come_once_and_in_their_order() =>
        CpuCases.Choose(["G", "A", "G"]).Select(chosen => chosen.Name).ShouldBe(["A", "G"]);
}
