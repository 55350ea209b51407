stands for pkg/resident.0123456789ab.js
