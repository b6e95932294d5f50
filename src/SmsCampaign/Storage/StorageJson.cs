using System.Text.Json.Serialization;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Marks;

namespace SmsCampaign.Storage;

/// <summary>How small things of the data folder are written as JSON, worked out when the program is built.</summary>
[JsonSerializable(typeof(LifeSign))]
[JsonSerializable(typeof(BackupSign))]
[JsonSerializable(typeof(OrderMark))]
[JsonSerializable(typeof(PurgeMark))]
[JsonSerializable(typeof(UnmaskedMark))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
[JsonSerializable(typeof(string[]))]
sealed partial class StorageJson : JsonSerializerContext;
