using NanoBragg.Kernels.Geometry;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Geometry;

public sealed class RotationTests
{
    [Fact]
    public void Rotation_about_x_y_z_has_the_reference_programs_bits() =>
        new Vector3D(1, 2, 3).RotatedAboutXyz(new(0.1, 0.2, 0.3)).ShouldBe(new(1.0411536583867149, 2.0916086087501053, 2.9225284408248982));

    [Fact]
    public void Rotation_about_an_axis_has_the_reference_programs_bits() =>
        new Vector3D(1, 2, 3).RotatedAbout(new(0, 0, 1), 0.7).ShouldBe(new(-0.52359318719089354, 2.1739020618066682, 3));

    [Fact]
    public void An_angle_of_zero_leaves_every_bit_alone()
    {
        var v = new Vector3D(-0.0, 1e-300, 3);

        double.IsNegative(v.RotatedAboutXyz(default).X).ShouldBeTrue();
        v.RotatedAboutXyz(default).ShouldBe(v);
    }

    [Fact]
    public void A_zero_vector_has_no_direction_and_cannot_be_lengthened()
    {
        default(Vector3D).Unitised().ShouldBe(default);
        default(Vector3D).WithLength(5.0).ShouldBe(default);
    }

    [Fact]
    public void Angles_of_a_matrix_make_the_same_rotation()
    {
        var angles = new Vector3D(0.4, -1.1, 2.5);
        var matrix = new RotationMatrix(Row(v => v.X), Row(v => v.Y), Row(v => v.Z));

        var found = matrix.ToAnglesAboutXyz();

        (found.X - angles.X).ShouldBe(0.0, 1e-14);
        (found.Y - angles.Y).ShouldBe(0.0, 1e-14);
        (found.Z - angles.Z).ShouldBe(0.0, 1e-14);

        // A row of the matrix holds one component of the three turned axes.
        Vector3D Row(Func<Vector3D, double> component) => new(
            component(new Vector3D(1, 0, 0).RotatedAboutXyz(angles)),
            component(new Vector3D(0, 1, 0).RotatedAboutXyz(angles)),
            component(new Vector3D(0, 0, 1).RotatedAboutXyz(angles)));
    }
}
