using SmsCampaign.Files.Json;

namespace SmsCampaign.Files.Binding;

/// <summary>
/// Marks a setting that may not be written into the installation file: its text must name where the value is
/// (<see cref="SettingsReferences"/>), or the environment must replace it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class SecretAttribute : Attribute;
