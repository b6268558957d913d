// The procedures of NFS, in the order in which the kernel counts them.
// Source: fs/nfs/nfs4xdr.c, fs/nfsd and include/linux/nfs4.h, with the names of node_exporter.

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')

export const version2Methods = words(`
  Null GetAttr SetAttr Root Lookup ReadLink Read WrCache Write Create Remove Rename Link SymLink
  MkDir RmDir ReadDir FsStat`)

export const version3Methods = words(`
  Null GetAttr SetAttr Lookup Access ReadLink Read Write Create MkDir SymLink MkNod Remove RmDir
  Rename Link ReadDir ReadDirPlus FsStat FsInfo PathConf Commit`)

/** What a client asks for. */
export const version4ClientMethods = words(`
  Null Read Write Commit Open OpenConfirm OpenNoattr OpenDowngrade Close Setattr FsInfo Renew
  SetClientID SetClientIDConfirm Lock Lockt Locku Access Getattr Lookup LookupRoot Remove Rename
  Link Symlink Create Pathconf StatFs ReadLink ReadDir ServerCaps DelegReturn GetACL SetACL
  FsLocations ReleaseLockowner Secinfo FsidPresent ExchangeID CreateSession DestroySession Sequence
  GetLeaseTime ReclaimComplete LayoutGet GetDeviceInfo LayoutCommit LayoutReturn SecinfoNoName
  TestStateID FreeStateID GetDeviceList BindConnToSession DestroyClientID Seek Allocate DeAllocate
  LayoutStats Clone`)

/** What a server does; operations 0 to 2 do not exist. `-` is counted and not shown. */
export const version4ServerOperations = words(`
  - - - Access Close Commit Create DelegPurge DelegReturn GetAttr GetFH Link Lock Lockt Locku Lookup
  LookupRoot Nverify Open OpenAttr OpenConfirm OpenDgrd PutFH - - Read ReadDir ReadLink Remove
  Rename Renew RestoreFH SaveFH SecInfo SetAttr SetClientID SetClientIDConfirm Verify Write
  RelLockOwner`)
