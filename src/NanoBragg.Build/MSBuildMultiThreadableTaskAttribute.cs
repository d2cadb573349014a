namespace Microsoft.Build.Framework;

/// <summary>
/// Marks a task as safe to run on a thread of the build process (<c>dotnet build -mt</c>). MSBuild 18.3 and later look for it by full name
/// on the concrete class, in any assembly, so declaring it here keeps the tasks loadable by older versions.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
