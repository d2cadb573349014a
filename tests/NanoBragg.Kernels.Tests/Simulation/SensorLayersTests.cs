using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation;

public sealed class SensorLayersTests
{
    [Theory]
    [InlineData(0.0, 0, 0.0, 0.0, 1, -1.0)]
    [InlineData(0.0, 5, 0.0, 0.0, 1, -1.0)]
    [InlineData(200e-6, 0, 200e-6, 100e-6, 2, 5000.0)]
    [InlineData(200e-6, 1, 200e-6, 200e-6, 2, 5000.0)]
    [InlineData(200e-6, 3, 200e-6, 100e-6, 3, 5000.0)]
    [InlineData(-1e-6, 0, 0.0, 0.0, 1, -1.0)]
    [InlineData(-1e-6, 5, 0.5e-6, 0.1e-6, 5, 2e6)]
    public void What_is_left_out_of_a_sensor_follows_from_the_rest(
        double thickness, int layers, double expectedThickness, double expectedLayer, int expectedCount, double expectedAttenuation)
    {
        var sensor = SensorLayers.Of(new Detector { SensorThicknessMetres = thickness }, new Sampling { SensorLayers = layers });

        sensor.ThicknessMetres.ShouldBe(expectedThickness);
        sensor.LayerMetres.ShouldBe(expectedLayer, 1e-18);
        sensor.Count.ShouldBe(expectedCount);
        sensor.AttenuationPerMetre.ShouldBe(expectedAttenuation, 1e-9 * Math.Abs(expectedAttenuation));
    }

    [Fact]
    public void Layers_capture_ever_less_and_an_oblique_path_crosses_more_of_each()
    {
        var sensor = new SensorLayers(300e-6, 100e-6, 3, 1e4);
        var straight = new Vector3D(1.0, 0.0, 0.0);
        var oblique = new Vector3D(0.5, Math.Sqrt(0.75), 0.0);

        sensor.Captured(0, straight, straight).ShouldBe(1.0 - Math.Exp(-1.0), 1e-15);
        sensor.Captured(1, straight, straight).ShouldBe(Math.Exp(-1.0) - Math.Exp(-2.0), 1e-15);
        sensor.Captured(0, oblique, straight).ShouldBe(1.0 - Math.Exp(-2.0), 1e-15);
    }
}
